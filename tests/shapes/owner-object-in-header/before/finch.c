// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "finch.h"

static void finch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
			continue;
		if (!is_device_private_page(spage))
			continue;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
		if (!dpage)
			continue;
		lock_page(dpage);
		card_copy(&finch, dpage, spage);
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void finch_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	for (; start < end; start += PAGE_SIZE, src++)
		if (*src & MIGRATE_PFN_MIGRATE)
			card_note(&finch, "came back", 1);
}

static const struct migrate_vma_ops finch_ops = {
	.alloc_and_copy		= finch_alloc_and_copy,
	.finalize_and_map	= finch_finalize_and_map,
};

/* There and back. */
static long finch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	card_to_device(vma, start, end);
	ret = migrate_vma(&finch_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops finch_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init finch_init(void)
{
	finch.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	finch.memory.pagemap.ops = &finch_pagemap_ops;
	return card_register(&finch, finch_move);
}

card_module(finch, finch_init);
