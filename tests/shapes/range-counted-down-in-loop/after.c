// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card petrel;

static void petrel_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&petrel);
		if (!dpage)
			continue;
		card_copy(&petrel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	card_note(&petrel, "start", start & 0xffff);
	card_note(&petrel, "npages", npages);
}

static void petrel_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&petrel, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long petrel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], left = (end - start) >> PAGE_SHIFT;
	int ret = 0;

	start &= PAGE_MASK;
	if (left > 12)
		return -E2BIG;
	while (left && !ret) {
		unsigned long n = left < 4 ? left : 4;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= start,
			.end		= start + n * PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &petrel,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (!ret && args.cpages) {
			petrel_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			petrel_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
		start += n << PAGE_SHIFT;
		left -= n;
	}
	return ret;
}

static const struct dev_pagemap_ops petrel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init petrel_init(void)
{
	petrel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	petrel.memory.pagemap.owner = &petrel;
	petrel.memory.pagemap.ops = &petrel_pagemap_ops;
	return card_register(&petrel, petrel_move);
}

card_module(petrel, petrel_init);
