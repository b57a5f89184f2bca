// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gig;

static bool gig_shallow;

static void gig_deep_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&gig);
		if (!dpage)
			continue;
		card_copy(&gig, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void gig_shallow_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage;

	if (!(src[0] & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&gig);
	if (!dpage)
		return;
	card_copy(&gig, dpage, migrate_pfn_to_page(src[0]));
	dst[0] = migrate_pfn(page_to_pfn(dpage));
}

static void gig_finalize_and_map(const unsigned long *src, unsigned long start,
				 unsigned long *moved)
{
	if (src[0] & MIGRATE_PFN_MIGRATE)
		*moved = start;
}

static int gig_deep_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	gig_deep_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	gig_finalize_and_map(args->src, args->start, private);
	migrate_vma_finalize(args);
	return 0;
}

static int gig_shallow_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	gig_shallow_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	gig_finalize_and_map(args->src, args->start, private);
	migrate_vma_finalize(args);
	return 0;
}

static long gig_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], moved = 0;
	unsigned long bottom = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= bottom,
		.end		= bottom + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &gig,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = (gig_shallow ? gig_shallow_migrate : gig_deep_migrate)(&args, &moved);
	gig_shallow = !gig_shallow;
	if (ret)
		return ret;
	return moved == bottom;
}

static const struct dev_pagemap_ops gig_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gig_init(void)
{
	gig.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gig.memory.pagemap.owner = &gig;
	gig.memory.pagemap.ops = &gig_pagemap_ops;
	return card_register(&gig, gig_move);
}

card_module(gig, gig_init);
