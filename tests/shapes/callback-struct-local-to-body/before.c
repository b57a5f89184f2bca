// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gudgeon;

static void gudgeon_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&gudgeon);
		if (!dpage)
			continue;
		card_copy(&gudgeon, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gudgeon_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	struct view {
		unsigned long calls;
		unsigned long holes;
	} *view = private;

	view->calls++;
	view->holes += !src[0];
}

static const struct migrate_vma_ops gudgeon_ops = {
	.alloc_and_copy		= gudgeon_alloc_and_copy,
	.finalize_and_map	= gudgeon_finalize_and_map,
};

static long gudgeon_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	unsigned long counts[2] = { 0 };
	int ret;

	ret = migrate_vma(&gudgeon_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, counts);
	if (ret)
		return ret;
	return counts[0] + counts[1];
}

static const struct dev_pagemap_ops gudgeon_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gudgeon_init(void)
{
	gudgeon.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gudgeon.memory.pagemap.ops = &gudgeon_pagemap_ops;
	return card_register(&gudgeon, gudgeon_move);
}

card_module(gudgeon, gudgeon_init);
