// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card genet;

static void genet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&genet);
		if (!dpage)
			continue;
		card_copy(&genet, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void genet_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&genet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops genet_ops = {
	.alloc_and_copy		= genet_alloc_and_copy,
	.finalize_and_map	= genet_finalize_and_map,
};

static long genet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long range[2], words[2][4];
	int ret;

	/* The array does not change, but what is in it does. */
	range[0] = start & PAGE_MASK;
	range[1] = range[0] + 2 * PAGE_SIZE;
	ret = migrate_vma(&genet_ops, vma, range[0], range[1], words[0], words[1], NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops genet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init genet_init(void)
{
	genet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	genet.memory.pagemap.ops = &genet_pagemap_ops;
	return card_register(&genet, genet_move);
}

card_module(genet, genet_init);
