// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card carrack;

static void carrack_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&carrack);
		if (!dpage)
			continue;
		card_copy(&carrack, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void carrack_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&carrack, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long carrack_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= addr,
		.end	= addr + PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		carrack_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		carrack_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&carrack, "returned", -ret);
	if (ret)
		return ret;
	card_note(&carrack, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
	return 0;
}

static const struct dev_pagemap_ops carrack_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init carrack_init(void)
{
	carrack.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	carrack.memory.pagemap.ops = &carrack_pagemap_ops;
	return card_register(&carrack, carrack_move);
}

card_module(carrack, carrack_init);
