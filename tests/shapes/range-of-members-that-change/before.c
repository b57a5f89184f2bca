// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card mouse;

struct mouse_cursor {
	struct vm_area_struct *vma;
	unsigned long addr;
	unsigned long words[4];
	unsigned int turn;
};

static void mouse_step(struct mouse_cursor *cursor)
{
	cursor->addr += PAGE_SIZE;
	cursor->turn++;
}

static void mouse_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&mouse);
		if (!dpage)
			continue;
		card_copy(&mouse, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void mouse_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&mouse, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops mouse_ops = {
	.alloc_and_copy		= mouse_alloc_and_copy,
	.finalize_and_map	= mouse_finalize_and_map,
};

static int mouse_do(struct mouse_cursor *cursor)
{
	int ret;

	/* Changes what is passed below. */
	mouse_step(cursor);
	ret = migrate_vma(&mouse_ops, cursor->vma, cursor->addr, cursor->addr + PAGE_SIZE,
			  cursor->words + 2 * (cursor->turn & 1), cursor->words + 1, NULL);
	if (ret)
		return ret;
	return 0;
}

static long mouse_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct mouse_cursor cursor = { .vma = vma, .addr = (start & PAGE_MASK) - PAGE_SIZE };
	int ret;

	do {
		ret = mouse_do(&cursor);
	} while (!ret && cursor.addr + PAGE_SIZE < end);
	return ret ? ret : cursor.turn;
}

static const struct dev_pagemap_ops mouse_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init mouse_init(void)
{
	mouse.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	mouse.memory.pagemap.ops = &mouse_pagemap_ops;
	return card_register(&mouse, mouse_move);
}

card_module(mouse, mouse_init);
