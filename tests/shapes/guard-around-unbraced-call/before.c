// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dhole;

static void dhole_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void dhole_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dhole, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops dhole_ops = {
	.alloc_and_copy		= dhole_alloc_and_copy,
	.finalize_and_map	= dhole_finalize_and_map,
};

static long dhole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret = 0;

	if (end - start >= 2 * PAGE_SIZE)
#ifndef DHOLE_REFUSES
		ret = migrate_vma(&dhole_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
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
	dhole.memory.pagemap.ops = &dhole_pagemap_ops;
	return card_register(&dhole, dhole_move);
}

card_module(dhole, dhole_init);
