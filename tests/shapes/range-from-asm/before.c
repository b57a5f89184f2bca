// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card turnstone;

static void turnstone_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void turnstone_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&turnstone, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops turnstone_ops = {
	.alloc_and_copy		= turnstone_alloc_and_copy,
	.finalize_and_map	= turnstone_finalize_and_map,
};

/* The compiler is told that start is written. */
static long turnstone_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, first = 0;
	int ret;

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	asm volatile("" : "=r"(first) : "0"(start & PAGE_MASK));
	ret = migrate_vma(&turnstone_ops, vma, first, first + PAGE_SIZE, &src, &dst, NULL);
	return ret;
}

static const struct dev_pagemap_ops turnstone_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init turnstone_init(void)
{
	turnstone.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	turnstone.memory.pagemap.ops = &turnstone_pagemap_ops;
	return card_register(&turnstone, turnstone_move);
}

card_module(turnstone, turnstone_init);
