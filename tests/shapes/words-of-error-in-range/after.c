// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define BALINGER_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card balinger;

#define BALINGER_PAGES	8

static void balinger_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&balinger);
		if (!dpage) {
			*dst = BALINGER_PFN_ERROR;
			continue;
		}
		card_copy(&balinger, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void balinger_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&balinger, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long balinger_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[BALINGER_PAGES] = { 0 }, dst[BALINGER_PAGES] = { 0 };
	unsigned long addr;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &balinger,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!PAGE_ALIGNED(start) || end - start > BALINGER_PAGES * PAGE_SIZE)
		return -EINVAL;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		balinger_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		balinger_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	for (addr = start; addr < end; addr += PAGE_SIZE)
		if (dst[(addr - start) >> PAGE_SHIFT] & BALINGER_PFN_ERROR)
			ret++;
	return ret;
}

static const struct dev_pagemap_ops balinger_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init balinger_init(void)
{
	balinger.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	balinger.memory.pagemap.owner = &balinger;
	balinger.memory.pagemap.ops = &balinger_pagemap_ops;
	return card_register(&balinger, balinger_move);
}

card_module(balinger, balinger_init);
