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

static void mouse_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void mouse_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&mouse, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int mouse_do(struct mouse_cursor *cursor)
{
	int ret;
	struct migrate_vma args = {
		.pgmap_owner	= &mouse,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* Changes what is passed below. */
	mouse_step(cursor);
	args.vma = cursor->vma;
	args.start = cursor->addr;
	args.end = cursor->addr + PAGE_SIZE;
	args.src = cursor->words + 2 * (cursor->turn & 1);
	args.dst = cursor->words + 1;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		mouse_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		mouse_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
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
	mouse.memory.pagemap.owner = &mouse;
	mouse.memory.pagemap.ops = &mouse_pagemap_ops;
	return card_register(&mouse, mouse_move);
}

card_module(mouse, mouse_init);
