// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card luzzu;

#define LUZZU_PAGES	64

static void luzzu_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&luzzu);
		if (!dpage)
			continue;
		card_copy(&luzzu, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void luzzu_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&luzzu, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long luzzu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src_pfns[LUZZU_PAGES];
	unsigned long dst_pfns[LUZZU_PAGES];
	unsigned long addr;
	int ret = 0;

	for (addr = start & PAGE_MASK; addr < end; addr += LUZZU_PAGES << PAGE_SHIFT) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= min(end, addr + (LUZZU_PAGES << PAGE_SHIFT)),
			.src		= src_pfns,
			.dst		= dst_pfns,
			.pgmap_owner	= &luzzu,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret < 0)
			break;
		if (args.cpages) {
			luzzu_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			luzzu_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	return ret;
}

static const struct dev_pagemap_ops luzzu_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init luzzu_init(void)
{
	luzzu.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	luzzu.memory.pagemap.owner = &luzzu;
	luzzu.memory.pagemap.ops = &luzzu_pagemap_ops;
	return card_register(&luzzu, luzzu_move);
}

card_module(luzzu, luzzu_init);
