// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card brig;

enum brig_way { BRIG_SINGLE, BRIG_PAIR };

static void brig_single_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				       void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&brig);
	if (!dpage)
		return;
	card_copy(&brig, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void brig_pair_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, unsigned long end,
				     void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&brig);
		if (!dpage)
			continue;
		card_copy(&brig, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void brig_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&brig, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops brig_ops[] = {
	[BRIG_SINGLE] = {
		.alloc_and_copy		= brig_single_alloc_and_copy,
		.finalize_and_map	= brig_finalize_and_map,
	},
	[BRIG_PAIR] = {
		.alloc_and_copy		= brig_pair_alloc_and_copy,
		.finalize_and_map	= brig_finalize_and_map,
	},
};

static long brig_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	enum brig_way way = end - start > PAGE_SIZE ? BRIG_PAIR : BRIG_SINGLE;
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&brig_ops[way], vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	return ret;
}

static const struct dev_pagemap_ops brig_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init brig_init(void)
{
	brig.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	brig.memory.pagemap.ops = &brig_pagemap_ops;
	return card_register(&brig, brig_move);
}

card_module(brig, brig_init);
