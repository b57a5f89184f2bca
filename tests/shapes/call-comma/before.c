// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card shallop;

static void shallop_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&shallop);
		if (!dpage)
			continue;
		card_copy(&shallop, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void shallop_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&shallop, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops shallop_ops = {
	.alloc_and_copy		= shallop_alloc_and_copy,
	.finalize_and_map	= shallop_finalize_and_map,
};


static long shallop_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int first, second;

	/* The second one starts where the first one stopped. */
	first = migrate_vma(&shallop_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL),
	addr += PAGE_SIZE,
	second = migrate_vma(&shallop_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	return first ? first : second;
}

static const struct dev_pagemap_ops shallop_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init shallop_init(void)
{
	shallop.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shallop.memory.pagemap.ops = &shallop_pagemap_ops;
	return card_register(&shallop, shallop_move);
}

card_module(shallop, shallop_init);
