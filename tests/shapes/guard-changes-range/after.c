// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card serval;

static void serval_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&serval);
		if (!dpage)
			continue;
		card_copy(&serval, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void serval_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&serval, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long serval_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr = start & PAGE_MASK;
	unsigned long src[1], dst[1];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &serval,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* One arm leaves the address alone, the other does not. */
#ifdef SERVAL_FIRST_PAGE
	card_note(&serval, "first", 1);
#else
	addr = end - PAGE_SIZE;
#endif
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		serval_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		serval_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops serval_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init serval_init(void)
{
	serval.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	serval.memory.pagemap.owner = &serval;
	serval.memory.pagemap.ops = &serval_pagemap_ops;
	return card_register(&serval, serval_move);
}

card_module(serval, serval_init);
