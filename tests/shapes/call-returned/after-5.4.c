// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card coble;

static void coble_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&coble);
		if (!dpage)
			continue;
		card_copy(&coble, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void coble_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&coble, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int coble_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	coble_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	coble_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static int coble_move_chunk(struct vm_area_struct *vma, unsigned long start,
			    unsigned long *src, unsigned long *dst)
{
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	if (!src || !dst)
		return -ENOMEM;
	return coble_migrate(&args);
}

static long coble_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long pfns[4];

	return coble_move_chunk(vma, start, pfns, pfns + 2);
}

static const struct dev_pagemap_ops coble_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init coble_init(void)
{
	coble.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	coble.memory.pagemap.ops = &coble_pagemap_ops;
	return card_register(&coble, coble_move);
}

card_module(coble, coble_init);
