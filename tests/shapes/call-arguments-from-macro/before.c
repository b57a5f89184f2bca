// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wagon;

static void wagon_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&wagon);
		if (!dpage)
			continue;
		card_copy(&wagon, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void wagon_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&wagon, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops wagon_ops = {
	.alloc_and_copy		= wagon_alloc_and_copy,
	.finalize_and_map	= wagon_finalize_and_map,
};

#define WAGON_RANGE(vma, start)	vma, start, (start) + 2 * PAGE_SIZE

static long wagon_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];

	return migrate_vma(&wagon_ops, WAGON_RANGE(vma, start), src, dst, NULL);
}

static const struct dev_pagemap_ops wagon_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wagon_init(void)
{
	wagon.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wagon.memory.pagemap.ops = &wagon_pagemap_ops;
	return card_register(&wagon, wagon_move);
}

card_module(wagon, wagon_init);
