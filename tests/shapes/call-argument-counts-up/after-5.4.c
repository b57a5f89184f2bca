// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jonque;

static void jonque_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&jonque);
		if (!dpage)
			continue;
		card_copy(&jonque, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void jonque_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jonque, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long jonque_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long words[8];
	unsigned long *next = words;
	unsigned long addr;
	int ret = 0;

	for (addr = start & PAGE_MASK; addr < end && next < words + 7; addr += PAGE_SIZE) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= addr,
			.end	= addr + PAGE_SIZE,
			.src	= next++,
			.dst	= &words[7],
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			jonque_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			jonque_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	return next - words;
}

static const struct dev_pagemap_ops jonque_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init jonque_init(void)
{
	jonque.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	jonque.memory.pagemap.ops = &jonque_pagemap_ops;
	return card_register(&jonque, jonque_move);
}

card_module(jonque, jonque_init);
