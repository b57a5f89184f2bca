// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ermine;

static void ermine_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ermine);
		if (!dpage)
			continue;
		card_copy(&ermine, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ermine_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ermine, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops ermine_ops = {
	.alloc_and_copy		= ermine_alloc_and_copy,
	.finalize_and_map	= ermine_finalize_and_map,
};


static long ermine_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;

	if (addr < end)
		ret = migrate_vma(&ermine_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	addr += PAGE_SIZE;
	if (!ret && addr < end) {
		/* The second one. */
		ret = migrate_vma(&ermine_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	}
	return ret;
}

static const struct dev_pagemap_ops ermine_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ermine_init(void)
{
	ermine.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ermine.memory.pagemap.ops = &ermine_pagemap_ops;
	return card_register(&ermine, ermine_move);
}

card_module(ermine, ermine_init);
