// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dhole;

static void dhole_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dhole);
		if (!dpage)
			continue;
		card_copy(&dhole, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void dhole_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dhole, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int dhole_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dhole_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	dhole_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static long dhole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret = 0;

	if (end - start >= 2 * PAGE_SIZE)
#ifndef DHOLE_REFUSES
		ret = dhole_migrate(&(struct migrate_vma){
				.vma		= vma,
				.start		= start,
				.end		= start + 2 * PAGE_SIZE,
				.src		= src,
				.dst		= dst,
				.pgmap_owner	= &dhole,
				.flags		= MIGRATE_VMA_SELECT_SYSTEM,
			});
#else
		ret = -EINVAL;
#endif
	return ret;
}

static const struct dev_pagemap_ops dhole_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dhole_init(void)
{
	dhole.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dhole.memory.pagemap.owner = &dhole;
	dhole.memory.pagemap.ops = &dhole_pagemap_ops;
	return card_register(&dhole, dhole_move);
}

card_module(dhole, dhole_init);
