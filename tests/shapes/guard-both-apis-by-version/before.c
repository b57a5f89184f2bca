// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yewtree;

static void yewtree_fill(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&yewtree);
		if (!dpage)
			continue;
		card_copy(&yewtree, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
static void yewtree_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	yewtree_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void yewtree_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
}

static const struct migrate_vma_ops yewtree_ops = {
	.alloc_and_copy		= yewtree_alloc_and_copy,
	.finalize_and_map	= yewtree_finalize_and_map,
};

static int yewtree_migrate(struct vm_area_struct *vma, unsigned long start, unsigned long *pfns)
{
	return migrate_vma(&yewtree_ops, vma, start, start + 2 * PAGE_SIZE, pfns, pfns + 2, NULL);
}
#else
static int yewtree_migrate(struct vm_area_struct *vma, unsigned long start, unsigned long *pfns)
{
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= pfns,
		.dst	= pfns + 2,
	};
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	yewtree_fill(args.src, args.dst, args.npages);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
#endif

static long yewtree_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long pfns[4];

	return yewtree_migrate(vma, start, pfns);
}

static const struct dev_pagemap_ops yewtree_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yewtree_init(void)
{
	yewtree.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yewtree.memory.pagemap.ops = &yewtree_pagemap_ops;
	return card_register(&yewtree, yewtree_move);
}

card_module(yewtree, yewtree_init);
