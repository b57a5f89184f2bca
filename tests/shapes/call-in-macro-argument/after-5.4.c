// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card botter;

static void botter_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&botter);
		if (!dpage)
			continue;
		card_copy(&botter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void botter_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&botter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int botter_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	botter_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	botter_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


#define botter_try(what)	do { if (what) card_note(&botter, #what " failed", 1); } while (0)

static long botter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= addr,
		.end	= addr + PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	if (WARN_ON(botter_migrate(&args)))
		return -EFAULT;
	botter_try(addr != start);
	return src[0] & MIGRATE_PFN_MIGRATE ? 1 : 0;
}

static const struct dev_pagemap_ops botter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init botter_init(void)
{
	botter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	botter.memory.pagemap.ops = &botter_pagemap_ops;
	return card_register(&botter, botter_move);
}

card_module(botter, botter_init);
