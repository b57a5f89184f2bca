// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bireme;

static void bireme_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bireme);
		if (!dpage)
			continue;
		card_copy(&bireme, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void bireme_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bireme, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* The variables that are passed are those of the inner block. */
static long bireme_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { 0 }, dst[2] = { 0 };
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;

	if (end - start >= PAGE_SIZE) {
		unsigned long addr = end - PAGE_SIZE;
		unsigned long dst[2];
		int ret;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr & PAGE_MASK,
			.end		= end,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &bireme,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		if (args.start >= args.end)
			return -EINVAL;

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			bireme_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			bireme_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	card_note(&bireme, "outer", addr == (start & PAGE_MASK) && !dst[0]);
	return ret;
}

static const struct dev_pagemap_ops bireme_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bireme_init(void)
{
	bireme.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bireme.memory.pagemap.owner = &bireme;
	bireme.memory.pagemap.ops = &bireme_pagemap_ops;
	return card_register(&bireme, bireme_move);
}

card_module(bireme, bireme_init);
