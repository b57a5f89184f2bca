// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card smelt;

/* dst is read before it is written: migrate_vma() had cleared it, and so does setup. */
static void smelt_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (!dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			dpage = card_alloc(&smelt);
		if (!dpage)
			continue;
		card_copy(&smelt, dpage, migrate_pfn_to_page(src[i]));
		dst[i] |= migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void smelt_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&smelt, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long smelt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { ~0UL, ~0UL }, dst[2] = { ~0UL, ~0UL };
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		smelt_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		smelt_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops smelt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init smelt_init(void)
{
	smelt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	smelt.memory.pagemap.ops = &smelt_pagemap_ops;
	return card_register(&smelt, smelt_move);
}

card_module(smelt, smelt_init);
