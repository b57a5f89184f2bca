// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card shrike;

static void shrike_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&shrike);
		if (!dpage)
			continue;
		card_copy(&shrike, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
	card_note(&shrike, "start", start & 0xffff);
	card_note(&shrike, "npages", npages);
}

static void shrike_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&shrike, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops shrike_ops = {
	.alloc_and_copy		= shrike_alloc_and_copy,
	.finalize_and_map	= shrike_finalize_and_map,
};

static long shrike_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
<%
	unsigned long src<:4:>, dst<:4:>;

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return migrate_vma(&shrike_ops, vma, start, end, src, dst, NULL);
%>

static const struct dev_pagemap_ops shrike_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init shrike_init(void)
{
	shrike.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shrike.memory.pagemap.ops = &shrike_pagemap_ops;
	return card_register(&shrike, shrike_move);
}

card_module(shrike, shrike_init);
