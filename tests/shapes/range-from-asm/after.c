// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card turnstone;

static void turnstone_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				     unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&turnstone);
		if (!dpage)
			continue;
		card_copy(&turnstone, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void turnstone_finalize_and_map(const unsigned long *src, unsigned long start,
				       unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&turnstone, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* The compiler is told that start is written. */
static long turnstone_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, first = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &turnstone,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	asm volatile("" : "=r"(first) : "0"(start & PAGE_MASK));
	args.start = first;
	args.end = first + PAGE_SIZE;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		turnstone_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		turnstone_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops turnstone_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init turnstone_init(void)
{
	turnstone.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	turnstone.memory.pagemap.owner = &turnstone;
	turnstone.memory.pagemap.ops = &turnstone_pagemap_ops;
	return card_register(&turnstone, turnstone_move);
}

card_module(turnstone, turnstone_init);
