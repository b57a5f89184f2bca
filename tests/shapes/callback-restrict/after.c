// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card loach;

static void loach_alloc_and_copy(const unsigned long *__restrict src, unsigned long *restrict dst,
				 unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&loach);
		if (!dpage)
			continue;
		card_copy(&loach, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void loach_finalize_and_map(unsigned long const *__restrict__ src,
				   const unsigned long *const dst)
{
	card_note(&loach, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE) + !!dst[0]);
}

static long loach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &loach,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		loach_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		loach_finalize_and_map(args.src, args.dst);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops loach_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init loach_init(void)
{
	loach.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	loach.memory.pagemap.owner = &loach;
	loach.memory.pagemap.ops = &loach_pagemap_ops;
	return card_register(&loach, loach_move);
}

card_module(loach, loach_init);
