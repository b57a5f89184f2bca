// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card okapi;

static void okapi_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&okapi);
		if (!dpage)
			continue;
		card_copy(&okapi, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void okapi_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&okapi, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops okapi_ops = {
	.alloc_and_copy		= okapi_alloc_and_copy,
	.finalize_and_map	= okapi_finalize_and_map,
};

static long okapi_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr = start & PAGE_MASK;
	unsigned long src[2], dst[2];
	int ret, tries = 0;

	if (end - start == PAGE_SIZE)
		goto one;
	for (; addr < end; addr += PAGE_SIZE) {
		if (tries++ > 2)
			break;
one:
		ret = migrate_vma(&okapi_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
		if (ret)
			return ret;
	}
	return tries;
}

static const struct dev_pagemap_ops okapi_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init okapi_init(void)
{
	okapi.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	okapi.memory.pagemap.ops = &okapi_pagemap_ops;
	return card_register(&okapi, okapi_move);
}

card_module(okapi, okapi_init);
