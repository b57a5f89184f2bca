// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card smelt;

/* dst is read before it is written: migrate_vma() had cleared it, and so does setup. */
static void smelt_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (!dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			dpage = card_alloc(&smelt);
		if (!dpage)
			continue;
		card_copy(&smelt, dpage, migrate_pfn_to_page(src[i]));
		dst[i] |= migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void smelt_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&smelt, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops smelt_ops = {
	.alloc_and_copy		= smelt_alloc_and_copy,
	.finalize_and_map	= smelt_finalize_and_map,
};

static long smelt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { ~0UL, ~0UL }, dst[2] = { ~0UL, ~0UL };
	int ret;

	ret = migrate_vma(&smelt_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops smelt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init smelt_init(void)
{
	smelt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	smelt.memory.pagemap.ops = &smelt_pagemap_ops;
	return card_register(&smelt, smelt_move);
}

card_module(smelt, smelt_init);
