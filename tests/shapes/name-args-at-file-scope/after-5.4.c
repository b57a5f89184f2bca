// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dcard;

/* Hides nothing that the function uses, and is hidden from it by nothing. */
static unsigned long args;

static void dcard_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dcard);
		if (!dpage)
			continue;
		card_copy(&dcard, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void dcard_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dcard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static unsigned long dcard_count(void)
{
	return ++args;
}

static long dcard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dcard_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		dcard_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return dcard_count();
}

static const struct dev_pagemap_ops dcard_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dcard_init(void)
{
	dcard.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dcard.memory.pagemap.ops = &dcard_pagemap_ops;
	return card_register(&dcard, dcard_move);
}

card_module(dcard, dcard_init);
