// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card scow;

static void scow_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void scow_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&scow, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long scow_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	long pages = (end - start) >> PAGE_SHIFT;
	int rc;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &scow,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	rc = migrate_vma_setup(&args);
	if (!rc && args.cpages) {
		scow_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		scow_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
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
	scow.memory.pagemap.owner = &scow;
	scow.memory.pagemap.ops = &scow_pagemap_ops;
	return card_register(&scow, scow_move);
}

card_module(scow, scow_init);
