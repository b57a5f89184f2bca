// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bireme;

static void bireme_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bireme);
		if (!dpage)
			continue;
		card_copy(&bireme, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bireme_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bireme, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bireme_ops = {
	.alloc_and_copy		= bireme_alloc_and_copy,
	.finalize_and_map	= bireme_finalize_and_map,
};

/* The variables that are passed are those of the inner block. */
static long bireme_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { 0 }, dst[2] = { 0 };
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;

	if (end - start >= PAGE_SIZE) {
		unsigned long addr = end - PAGE_SIZE;
		unsigned long dst[2];
		int ret;

		ret = migrate_vma(&bireme_ops, vma, addr, end, src, dst, NULL);
		if (ret)
			return ret;
	}
	card_note(&bireme, "outer", addr == (start & PAGE_MASK) && !dst[0]);
	return ret;
}

static const struct dev_pagemap_ops bireme_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bireme_init(void)
{
	bireme.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bireme.memory.pagemap.ops = &bireme_pagemap_ops;
	return card_register(&bireme, bireme_move);
}

card_module(bireme, bireme_init);
