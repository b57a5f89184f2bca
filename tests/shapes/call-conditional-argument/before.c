// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card moose;

static void moose_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&moose);
		if (!dpage)
			continue;
		card_copy(&moose, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void moose_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&moose, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops moose_ops = {
	.alloc_and_copy		= moose_alloc_and_copy,
	.finalize_and_map	= moose_finalize_and_map,
};

static long moose_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

	return migrate_vma(&moose_ops, vma, start,
#ifdef CONFIG_MOOSE_LARGE
			   start + 4 * PAGE_SIZE,
#else
			   start + PAGE_SIZE,
#endif
			   src, dst, NULL);
}

static const struct dev_pagemap_ops moose_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init moose_init(void)
{
	moose.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	moose.memory.pagemap.ops = &moose_pagemap_ops;
	return card_register(&moose, moose_move);
}

card_module(moose, moose_init);
