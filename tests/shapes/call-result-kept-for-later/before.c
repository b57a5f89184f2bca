// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card scow;

static void scow_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&scow);
		if (!dpage)
			continue;
		card_copy(&scow, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void scow_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&scow, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops scow_ops = {
	.alloc_and_copy		= scow_alloc_and_copy,
	.finalize_and_map	= scow_finalize_and_map,
};

static long scow_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	long pages = (end - start) >> PAGE_SHIFT;
	int rc;

	rc = migrate_vma(&scow_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	/* Success must not overwrite the number of pages. */
	if (rc < 0)
		pages = rc;
	card_note(&scow, "pages", pages);
	return pages;
}

static const struct dev_pagemap_ops scow_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init scow_init(void)
{
	scow.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	scow.memory.pagemap.ops = &scow_pagemap_ops;
	return card_register(&scow, scow_move);
}

card_module(scow, scow_init);
