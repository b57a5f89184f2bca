// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cog;

static void cog_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
			       unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void cog_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&cog, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long cog_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = 0;

	card_note(&cog, "addr", addr);
	return ({
		unsigned long addr = start & PAGE_MASK;
		int ret;
		struct migrate_vma args = {
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &cog,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		args.vma = vma;
		args.start = addr;
		args.end = addr + PAGE_SIZE;
		ret = migrate_vma_setup(&args);
		if (!ret && args.cpages) {
			cog_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			cog_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
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
	cog.memory.pagemap.owner = &cog;
	cog.memory.pagemap.ops = &cog_pagemap_ops;
	return card_register(&cog, cog_move);
}

card_module(cog, cog_init);
