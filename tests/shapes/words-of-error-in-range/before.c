// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card balinger;

#define BALINGER_PAGES	8

static void balinger_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start, unsigned long end,
				    void *private)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&balinger);
		if (!dpage) {
			*dst = MIGRATE_PFN_ERROR;
			continue;
		}
		card_copy(&balinger, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void balinger_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				      const unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&balinger, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops balinger_ops = {
	.alloc_and_copy		= balinger_alloc_and_copy,
	.finalize_and_map	= balinger_finalize_and_map,
};

static long balinger_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[BALINGER_PAGES] = { 0 }, dst[BALINGER_PAGES] = { 0 };
	unsigned long addr;
	int ret;

	if (!PAGE_ALIGNED(start) || end - start > BALINGER_PAGES * PAGE_SIZE)
		return -EINVAL;
	ret = migrate_vma(&balinger_ops, vma, start, end, src, dst, NULL);
	if (ret)
		return ret;
	for (addr = start; addr < end; addr += PAGE_SIZE)
		if (dst[(addr - start) >> PAGE_SHIFT] & MIGRATE_PFN_ERROR)
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
	balinger.memory.pagemap.ops = &balinger_pagemap_ops;
	return card_register(&balinger, balinger_move);
}

card_module(balinger, balinger_init);
