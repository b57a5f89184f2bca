// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card felucca;

static void felucca_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&felucca);
		if (!dpage)
			continue;
		card_copy(&felucca, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void felucca_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&felucca, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long felucca_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;

	if (end - start > 2 * PAGE_SIZE) {
		card_note(&felucca, "too long", end - start);
	} else if (start == addr) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &felucca,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		if (!migrate_vma_setup(&args) && args.cpages) {
			felucca_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			felucca_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	} else {
		card_note(&felucca, "not aligned", start & ~PAGE_MASK);
	}
	return 0;
}

static const struct dev_pagemap_ops felucca_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init felucca_init(void)
{
	felucca.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	felucca.memory.pagemap.owner = &felucca;
	felucca.memory.pagemap.ops = &felucca_pagemap_ops;
	return card_register(&felucca, felucca_move);
}

card_module(felucca, felucca_init);
