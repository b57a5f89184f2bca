// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bittern;

static void bittern_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bittern);
		if (!dpage)
			continue;
		card_copy(&bittern, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bittern_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bittern, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bittern_ops = {
	.alloc_and_copy		= bittern_alloc_and_copy,
	.finalize_and_map	= bittern_finalize_and_map,
};

static const struct migrate_vma_ops *bittern_active;

/* The first range finds no ops object, which was -EINVAL. */
static long bittern_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	long ret;

	if (end - start > 3 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma(bittern_active, vma, start, end, src, dst, NULL);
	bittern_active = &bittern_ops;
	return ret;
}

static const struct dev_pagemap_ops bittern_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bittern_init(void)
{
	bittern.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bittern.memory.pagemap.ops = &bittern_pagemap_ops;
	return card_register(&bittern, bittern_move);
}

card_module(bittern, bittern_init);
