// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card caravel;

static void caravel_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&caravel);
		if (!dpage)
			continue;
		card_copy(&caravel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void caravel_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&caravel, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long caravel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];	/* words for two pages */
	unsigned long addr = start & PAGE_MASK;
	int ret;			/* what became of it */
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &caravel,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* Off it goes. */
	ret = migrate_vma_setup(&args);	/* one page */

	/* Something is wrong with the range. */
	if (ret) /* never for a mapped page */
		return ret;	/* nothing is held */
	if (args.cpages) {
		caravel_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		caravel_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}

	/* All is well. */
	return 0;
}

static const struct dev_pagemap_ops caravel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init caravel_init(void)
{
	caravel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	caravel.memory.pagemap.owner = &caravel;
	caravel.memory.pagemap.ops = &caravel_pagemap_ops;
	return card_register(&caravel, caravel_move);
}

card_module(caravel, caravel_init);
