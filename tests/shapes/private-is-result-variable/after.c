// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card zebra;

static void zebra_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, void *private)
{
	unsigned long i, limit = (unsigned long)private;

	for (i = 0; i < (end - start) >> PAGE_SHIFT && i < limit; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&zebra);
		if (!dpage)
			continue;
		card_copy(&zebra, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void zebra_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&zebra, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int zebra_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	zebra_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	zebra_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* What is passed is what value was, not what it becomes. */
static long zebra_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	long value = 3;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &zebra,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	value = zebra_migrate(&args, (void *)value);
	if (value)
		return value;
	return 0;
}

static const struct dev_pagemap_ops zebra_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init zebra_init(void)
{
	zebra.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	zebra.memory.pagemap.owner = &zebra;
	zebra.memory.pagemap.ops = &zebra_pagemap_ops;
	return card_register(&zebra, zebra_move);
}

card_module(zebra, zebra_init);
