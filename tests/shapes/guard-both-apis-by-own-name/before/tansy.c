// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "tansy.h"

struct card tansy;

static void tansy_fill_pages(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&tansy);
		if (!dpage)
			continue;
		card_copy(&tansy, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

#ifndef HAVE_MIGRATE_VMA_SETUP
static void tansy_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	tansy_fill_pages(src, dst, (end - start) >> PAGE_SHIFT);
}

static void tansy_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
}
#else
void tansy_fill(struct migrate_vma *args)
{
	tansy_fill_pages(args->src, args->dst, args->npages);
}
#endif

static long tansy_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
#if defined(HAVE_MIGRATE_VMA_SETUP)
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	tansy_fill(&args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
#else
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= tansy_alloc_and_copy,
		.finalize_and_map	= tansy_finalize_and_map,
	};

	return migrate_vma(&ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
#endif
}

static const struct dev_pagemap_ops tansy_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tansy_init(void)
{
	tansy.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tansy.memory.pagemap.ops = &tansy_pagemap_ops;
	return card_register(&tansy, tansy_move);
}

card_module(tansy, tansy_init);
