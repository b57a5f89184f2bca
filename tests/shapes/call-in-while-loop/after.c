// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card drifter;

static void drifter_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&drifter);
		if (!dpage)
			continue;
		card_copy(&drifter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void drifter_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&drifter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long drifter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long next = start & PAGE_MASK;
	int ret;

	while ((start = next) < end) {
		struct migrate_vma args = {
			.vma		= vma,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &drifter,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		/* The last chunk may be a short one. */
		next += 2 * PAGE_SIZE;
		if (next > end)
			next = end;
		args.start = start & PAGE_MASK;
		args.end = next;
		if (args.start >= args.end)
			return -EINVAL;

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			drifter_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			drifter_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	return 0;
}

static const struct dev_pagemap_ops drifter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init drifter_init(void)
{
	drifter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	drifter.memory.pagemap.owner = &drifter;
	drifter.memory.pagemap.ops = &drifter_pagemap_ops;
	return card_register(&drifter, drifter_move);
}

card_module(drifter, drifter_init);
