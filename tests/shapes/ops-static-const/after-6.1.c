// SPDX-License-Identifier: GPL-2.0-only
/*
 * ferry - the plainest callback driver there is: one ops object, one call.
 */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

#define FERRY_MAX	16

static struct card ferry;

static void ferry_alloc_and_copy(const unsigned long *src,
				 unsigned long *dst,
				 unsigned long start,
				 unsigned long end)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		if (spage && is_device_private_page(spage))
			continue;
		dpage = card_alloc(&ferry);
		if (!dpage)
			return;
		if (card_copy(&ferry, dpage, spage)) {
			card_release(dpage);
			continue;
		}
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void ferry_finalize_and_map(const unsigned long *src,
				   const unsigned long *dst,
				   unsigned long start,
				   unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		card_note(&ferry, "moved", i);
		card_note(&ferry, "valid", dst[i] & MIGRATE_PFN_VALID);
	}
}

static long ferry_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[FERRY_MAX] = { 0 };
	unsigned long dst[FERRY_MAX] = { 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &ferry,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!PAGE_ALIGNED(start | end) || (end - start) >> PAGE_SHIFT > FERRY_MAX)
		return -EINVAL;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		ferry_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		ferry_finalize_and_map(args.src, args.dst, args.start, args.end);
		migrate_vma_finalize(&args);
	}

	card_note(&ferry, "done", 0);
	return 0;
}

static const struct dev_pagemap_ops ferry_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ferry_init(void)
{
	ferry.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ferry.memory.pagemap.owner = &ferry;
	ferry.memory.pagemap.ops = &ferry_pagemap_ops;
	return card_register(&ferry, ferry_move);
}

card_module(ferry, ferry_init);
