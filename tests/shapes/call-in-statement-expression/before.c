// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cog;

static void cog_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&cog);
		if (!dpage)
			continue;
		card_copy(&cog, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void cog_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&cog, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops cog_ops = {
	.alloc_and_copy		= cog_alloc_and_copy,
	.finalize_and_map	= cog_finalize_and_map,
};

static long cog_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = 0;

	card_note(&cog, "addr", addr);
	return ({
		unsigned long addr = start & PAGE_MASK;
		int ret;

		ret = migrate_vma(&cog_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
		ret ? -EIO : 0;
	});
}

static const struct dev_pagemap_ops cog_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cog_init(void)
{
	cog.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cog.memory.pagemap.ops = &cog_pagemap_ops;
	return card_register(&cog, cog_move);
}

card_module(cog, cog_init);
