// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tartane;

static void tartane_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&tartane);
		if (!dpage)
			continue;
		card_copy(&tartane, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void tartane_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&tartane, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops tartane_ops = {
	.alloc_and_copy		= tartane_alloc_and_copy,
	.finalize_and_map	= tartane_finalize_and_map,
};

/* Replaced by the self test. */
static typeof(&migrate_vma) tartane_mover = migrate_vma;

static long tartane_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[1], dst[1];

	return tartane_mover(&tartane_ops, vma, start, start + PAGE_SIZE, src, dst, NULL);
}

static const struct dev_pagemap_ops tartane_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tartane_init(void)
{
	tartane.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tartane.memory.pagemap.ops = &tartane_pagemap_ops;
	return card_register(&tartane, tartane_move);
}

card_module(tartane, tartane_init);
