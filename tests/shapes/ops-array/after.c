// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card brig;

enum brig_way { BRIG_SINGLE, BRIG_PAIR };

static void brig_single_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&brig);
	if (!dpage)
		return;
	card_copy(&brig, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void brig_pair_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				     unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&brig);
		if (!dpage)
			continue;
		card_copy(&brig, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void brig_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&brig, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int brig_single_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	brig_single_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	brig_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int brig_pair_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	brig_pair_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	brig_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int (*const brig_ops[])(struct migrate_vma *args, void *private) = {
	[BRIG_SINGLE] = brig_single_migrate,
	[BRIG_PAIR] = brig_pair_migrate,
};

static long brig_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	enum brig_way way = end - start > PAGE_SIZE ? BRIG_PAIR : BRIG_SINGLE;
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &brig,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = brig_ops[way](&args, NULL);
	return ret;
}

static const struct dev_pagemap_ops brig_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init brig_init(void)
{
	brig.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	brig.memory.pagemap.owner = &brig;
	brig.memory.pagemap.ops = &brig_pagemap_ops;
	return card_register(&brig, brig_move);
}

card_module(brig, brig_init);
