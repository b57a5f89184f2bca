// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card smack;

static void smack_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&smack);
		if (!dpage)
			continue;
		card_copy(&smack, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void smack_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&smack, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops smack_ops = {
	.alloc_and_copy		= smack_alloc_and_copy,
	.finalize_and_map	= smack_finalize_and_map,
};


static long smack_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr;
	int ret = 0;

	for (addr = start & PAGE_MASK; addr < end && !ret;
	     ret = migrate_vma(&smack_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL),
	     addr += PAGE_SIZE)
		card_note(&smack, "page", (addr - start) >> PAGE_SHIFT);
	return ret;
}

static const struct dev_pagemap_ops smack_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init smack_init(void)
{
	smack.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	smack.memory.pagemap.ops = &smack_pagemap_ops;
	return card_register(&smack, smack_move);
}

card_module(smack, smack_init);
