// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card petrel;

static void petrel_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&petrel);
		if (!dpage)
			continue;
		card_copy(&petrel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
	card_note(&petrel, "start", start & 0xffff);
	card_note(&petrel, "npages", npages);
}

static void petrel_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&petrel, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops petrel_ops = {
	.alloc_and_copy		= petrel_alloc_and_copy,
	.finalize_and_map	= petrel_finalize_and_map,
};

static long petrel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], left = (end - start) >> PAGE_SHIFT;
	int ret = 0;

	start &= PAGE_MASK;
	if (left > 12)
		return -E2BIG;
	while (left && !ret) {
		unsigned long n = left < 4 ? left : 4;

		ret = migrate_vma(&petrel_ops, vma, start, start + n * PAGE_SIZE, src, dst, NULL);
		start += n << PAGE_SHIFT;
		left -= n;
	}
	return ret;
}

static const struct dev_pagemap_ops petrel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init petrel_init(void)
{
	petrel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	petrel.memory.pagemap.ops = &petrel_pagemap_ops;
	return card_register(&petrel, petrel_move);
}

card_module(petrel, petrel_init);
