// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card roach;

static void roach_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&roach);
		if (!dpage)
			continue;
		card_copy(&roach, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void roach_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	card_note(&roach, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops migrate_to_card_ops = {
	.alloc_and_copy		= roach_alloc_and_copy,
	.finalize_and_map	= roach_finalize_and_map,
};

static long roach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&migrate_to_card_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static long roach_move_twice(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	long ret;

	ret = roach_move(vma, start, end);
	if (ret || end != start + 4 * PAGE_SIZE)
		return ret;
	return migrate_vma(&migrate_to_card_ops, vma, end, end + 2 * PAGE_SIZE, src, dst, NULL);
}

static const struct dev_pagemap_ops roach_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init roach_init(void)
{
	roach.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	roach.memory.pagemap.ops = &roach_pagemap_ops;
	return card_register(&roach, roach_move_twice);
}

card_module(roach, roach_init);
