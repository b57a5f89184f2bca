// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sculpin;

static void sculpin_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&sculpin);
		if (!dpage)
			continue;
		card_copy(&sculpin, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void sculpin_report(struct vm_area_struct *vma, const unsigned long *src,
			   const unsigned long *dst, unsigned long start,
			   unsigned long end, void *private)
{
	card_note(&sculpin, "pages", (end - start) >> PAGE_SHIFT);
}

static void sculpin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
	__attribute__((alias("sculpin_report")));

static long sculpin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &sculpin,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		sculpin_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		sculpin_finalize_and_map(args.vma, args.src, args.dst, args.start, args.end, NULL);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops sculpin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sculpin_init(void)
{
	sculpin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sculpin.memory.pagemap.owner = &sculpin;
	sculpin.memory.pagemap.ops = &sculpin_pagemap_ops;
	return card_register(&sculpin, sculpin_move);
}

card_module(sculpin, sculpin_init);
