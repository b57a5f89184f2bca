// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "tench.h"

static struct card tench;

static void tench_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i;

	for (i = 0; i < TENCH_NPAGES(); i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&tench);
		if (!dpage)
			continue;
		card_copy(&tench, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void tench_finalize_and_map(unsigned long start, unsigned long end)
{
	card_note(&tench, "pages", TENCH_NPAGES());
}

static long tench_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &tench,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		tench_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		tench_finalize_and_map(args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops tench_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tench_init(void)
{
	tench.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tench.memory.pagemap.owner = &tench;
	tench.memory.pagemap.ops = &tench_pagemap_ops;
	return card_register(&tench, tench_move);
}

card_module(tench, tench_init);
