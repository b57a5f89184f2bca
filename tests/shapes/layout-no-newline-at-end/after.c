// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card otter;

static void otter_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&otter);
		if (!dpage)
			continue;
		card_copy(&otter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void otter_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&otter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct dev_pagemap_ops otter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static long otter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);

static int __init otter_init(void)
{
	otter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	otter.memory.pagemap.owner = &otter;
	otter.memory.pagemap.ops = &otter_pagemap_ops;
	return card_register(&otter, otter_move);
}

card_module(otter, otter_init);

static long otter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &otter,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		otter_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		otter_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return ret; }