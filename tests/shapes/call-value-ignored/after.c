// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wherry;

static void wherry_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&wherry);
		if (!dpage)
			continue;
		card_copy(&wherry, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void wherry_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&wherry, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long wherry_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { 0 }, dst[2] = { 0 };
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &wherry,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* Moving is only a hint. */
	if (!migrate_vma_setup(&args) && args.cpages) {
		wherry_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		wherry_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&wherry, "tried", (end - start) >> PAGE_SHIFT);
	return 0;
}

static const struct dev_pagemap_ops wherry_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wherry_init(void)
{
	wherry.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wherry.memory.pagemap.owner = &wherry;
	wherry.memory.pagemap.ops = &wherry_pagemap_ops;
	return card_register(&wherry, wherry_move);
}

card_module(wherry, wherry_init);
