// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gig;

static bool gig_shallow;

static void gig_deep_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&gig);
		if (!dpage)
			continue;
		card_copy(&gig, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gig_shallow_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start,
				       unsigned long end, void *private)
{
	struct page *dpage;

	if (!(src[0] & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&gig);
	if (!dpage)
		return;
	card_copy(&gig, dpage, migrate_pfn_to_page(src[0]));
	dst[0] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void gig_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start,
				 unsigned long end, void *private)
{
	unsigned long *moved = private;

	if (src[0] & MIGRATE_PFN_MIGRATE)
		*moved = start;
}

static const struct migrate_vma_ops gig_deep_ops = {
	.alloc_and_copy		= gig_deep_alloc_and_copy,
	.finalize_and_map	= gig_finalize_and_map,
};

static const struct migrate_vma_ops gig_shallow_ops = {
	.alloc_and_copy		= gig_shallow_alloc_and_copy,
	.finalize_and_map	= gig_finalize_and_map,
};

static long gig_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], moved = 0;
	unsigned long bottom = start & PAGE_MASK;
	int ret;

	ret = migrate_vma(gig_shallow ? &gig_shallow_ops : &gig_deep_ops, vma, bottom,
			  bottom + 4 * PAGE_SIZE, src, dst, &moved);
	gig_shallow = !gig_shallow;
	if (ret)
		return ret;
	return moved == bottom;
}

static const struct dev_pagemap_ops gig_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gig_init(void)
{
	gig.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gig.memory.pagemap.ops = &gig_pagemap_ops;
	return card_register(&gig, gig_move);
}

card_module(gig, gig_init);
