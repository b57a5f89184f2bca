// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ermine;

static void ermine_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ermine);
		if (!dpage)
			continue;
		card_copy(&ermine, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ermine_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ermine, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int ermine_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ermine_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	ermine_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long ermine_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;

	if (addr < end) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= addr,
			.end	= addr + PAGE_SIZE,
			.src	= src,
			.dst	= dst,
		};

		ret = ermine_migrate(&args);
	}
	addr += PAGE_SIZE;
	if (!ret && addr < end) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= addr,
			.end	= addr + PAGE_SIZE,
			.src	= src,
			.dst	= dst,
		};

		/* The second one. */
		ret = ermine_migrate(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops ermine_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ermine_init(void)
{
	ermine.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ermine.memory.pagemap.ops = &ermine_pagemap_ops;
	return card_register(&ermine, ermine_move);
}

card_module(ermine, ermine_init);
