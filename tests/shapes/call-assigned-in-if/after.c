// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card umiak;

static void umiak_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&umiak);
		if (!dpage)
			continue;
		card_copy(&umiak, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void umiak_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&umiak, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long umiak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &umiak,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if ((ret = migrate_vma_setup(&args)))
		return ret;
	if (args.cpages) {
		umiak_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		umiak_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops umiak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init umiak_init(void)
{
	umiak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	umiak.memory.pagemap.owner = &umiak;
	umiak.memory.pagemap.ops = &umiak_pagemap_ops;
	return card_register(&umiak, umiak_move);
}

card_module(umiak, umiak_init);
