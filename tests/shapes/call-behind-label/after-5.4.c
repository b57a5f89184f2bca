// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card galley;

static void galley_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&galley);
		if (!dpage)
			continue;
		card_copy(&galley, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void galley_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&galley, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long galley_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int tries = 2;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.src	= src,
		.dst	= dst,
	};

again:
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		galley_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		galley_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	if (!(src[0] & MIGRATE_PFN_MIGRATE) && --tries > 0)
		goto again;
	/* The page after that as well. */
	addr += PAGE_SIZE;
	if (addr < end)
		goto again;
	return tries;
}

static const struct dev_pagemap_ops galley_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init galley_init(void)
{
	galley.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	galley.memory.pagemap.ops = &galley_pagemap_ops;
	return card_register(&galley, galley_move);
}

card_module(galley, galley_init);
