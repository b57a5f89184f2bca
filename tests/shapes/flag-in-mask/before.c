// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cedar;

static void cedar_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	/* System memory that may be written. */
	if ((*src & (MIGRATE_PFN_MIGRATE | MIGRATE_PFN_DEVICE | MIGRATE_PFN_WRITE)) ==
	    (MIGRATE_PFN_MIGRATE | MIGRATE_PFN_WRITE))
		dpage = card_alloc(&cedar);
	if (!dpage)
		return;
	card_copy(&cedar, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void cedar_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&cedar, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops cedar_ops = {
	.alloc_and_copy		= cedar_alloc_and_copy,
	.finalize_and_map	= cedar_finalize_and_map,
};

static long cedar_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&cedar_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops cedar_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cedar_init(void)
{
	cedar.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cedar.memory.pagemap.ops = &cedar_pagemap_ops;
	return card_register(&cedar, cedar_move);
}

card_module(cedar, cedar_init);
