// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gudgeon;

static void gudgeon_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&gudgeon);
		if (!dpage)
			continue;
		card_copy(&gudgeon, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void gudgeon_finalize_and_map(const unsigned long *src, void *private)
{
	struct view {
		unsigned long calls;
		unsigned long holes;
	} *view = private;

	view->calls++;
	view->holes += !src[0];
}

static long gudgeon_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	unsigned long counts[2] = { 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &gudgeon,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		gudgeon_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		gudgeon_finalize_and_map(args.src, counts);
		migrate_vma_finalize(&args);
	}
	return counts[0] + counts[1];
}

static const struct dev_pagemap_ops gudgeon_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gudgeon_init(void)
{
	gudgeon.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gudgeon.memory.pagemap.owner = &gudgeon;
	gudgeon.memory.pagemap.ops = &gudgeon_pagemap_ops;
	return card_register(&gudgeon, gudgeon_move);
}

card_module(gudgeon, gudgeon_init);
