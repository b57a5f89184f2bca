// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bittern;

static void bittern_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bittern);
		if (!dpage)
			continue;
		card_copy(&bittern, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void bittern_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bittern, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int bittern_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	bittern_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	bittern_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int (*bittern_active)(struct migrate_vma *args, void *private);

/* The first range finds no ops object, which was -EINVAL. */
static long bittern_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	long ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &bittern,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 3 * PAGE_SIZE)
		return -E2BIG;
	ret = bittern_active ? bittern_active(&args, NULL) : -EINVAL;
	bittern_active = bittern_migrate;
	return ret;
}

static const struct dev_pagemap_ops bittern_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bittern_init(void)
{
	bittern.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bittern.memory.pagemap.owner = &bittern;
	bittern.memory.pagemap.ops = &bittern_pagemap_ops;
	return card_register(&bittern, bittern_move);
}

card_module(bittern, bittern_init);
