// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card kayak;

static void kayak_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&kayak);
		if (!dpage)
			continue;
		card_copy(&kayak, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void kayak_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&kayak, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long kayak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &kayak,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate_vma_setup(&args))
		return -EBUSY;
	if (args.cpages) {
		kayak_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		kayak_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return src[0] & MIGRATE_PFN_MIGRATE ? 0 : 1;
}

static const struct dev_pagemap_ops kayak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init kayak_init(void)
{
	kayak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	kayak.memory.pagemap.owner = &kayak;
	kayak.memory.pagemap.ops = &kayak_pagemap_ops;
	return card_register(&kayak, kayak_move);
}

card_module(kayak, kayak_init);
