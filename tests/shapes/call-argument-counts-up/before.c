// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jonque;

static void jonque_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
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

static void jonque_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jonque, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops jonque_ops = {
	.alloc_and_copy		= jonque_alloc_and_copy,
	.finalize_and_map	= jonque_finalize_and_map,
};

static long jonque_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long words[8];
	unsigned long *next = words;
	unsigned long addr;
	int ret = 0;

	for (addr = start & PAGE_MASK; addr < end && next < words + 7; addr += PAGE_SIZE) {
		ret = migrate_vma(&jonque_ops, vma, addr, addr + PAGE_SIZE, next++, &words[7], NULL);
		if (ret)
			return ret;
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
