// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pram;

static void pram_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pram);
		if (!dpage)
			continue;
		card_copy(&pram, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void pram_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pram, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int pram_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	pram_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	pram_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static bool pram_enabled = true;

static long pram_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &pram,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 2 * PAGE_SIZE || !pram_enabled ||
	    pram_migrate(&args))
		return -EINVAL;
	card_note(&pram, "fits", (end - start) >> PAGE_SHIFT);
	return 0;
}

static const struct dev_pagemap_ops pram_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pram_init(void)
{
	pram.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pram.memory.pagemap.owner = &pram;
	pram.memory.pagemap.ops = &pram_pagemap_ops;
	return card_register(&pram, pram_move);
}

card_module(pram, pram_init);
