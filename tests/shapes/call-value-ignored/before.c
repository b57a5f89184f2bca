// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wherry;

static void wherry_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&wherry);
		if (!dpage)
			continue;
		card_copy(&wherry, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void wherry_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&wherry, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops wherry_ops = {
	.alloc_and_copy		= wherry_alloc_and_copy,
	.finalize_and_map	= wherry_finalize_and_map,
};

static long wherry_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { 0 }, dst[2] = { 0 };

	/* Moving is only a hint. */
	(void)migrate_vma(&wherry_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	card_note(&wherry, "tried", (end - start) >> PAGE_SHIFT);
	return 0;
}

static const struct dev_pagemap_ops wherry_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wherry_init(void)
{
	wherry.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wherry.memory.pagemap.ops = &wherry_pagemap_ops;
	return card_register(&wherry, wherry_move);
}

card_module(wherry, wherry_init);
