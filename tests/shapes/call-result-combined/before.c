// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pinnace;

static void pinnace_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pinnace);
		if (!dpage)
			continue;
		card_copy(&pinnace, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void pinnace_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pinnace, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops pinnace_ops = {
	.alloc_and_copy		= pinnace_alloc_and_copy,
	.finalize_and_map	= pinnace_finalize_and_map,
};


static int pinnace_worst;

static long pinnace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;

	pinnace_worst = 0;
	pinnace_worst |= migrate_vma(&pinnace_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	addr += PAGE_SIZE;
	pinnace_worst |= migrate_vma(&pinnace_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	return pinnace_worst;
}

static const struct dev_pagemap_ops pinnace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pinnace_init(void)
{
	pinnace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pinnace.memory.pagemap.ops = &pinnace_pagemap_ops;
	return card_register(&pinnace, pinnace_move);
}

card_module(pinnace, pinnace_init);
