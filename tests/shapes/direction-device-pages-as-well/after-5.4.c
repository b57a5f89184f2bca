// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bongo;

static void bongo_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bongo);
		if (!dpage)
			continue;
		card_copy(&bongo, dpage, spage);
		/* From one end of the card to the other. */
		if (spage && is_device_private_page(spage))
			card_note(&bongo, "copied on the card", 1);
		else
			card_note(&bongo, "copied to the card", 1);
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bongo_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bongo, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long bongo_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
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
		bongo_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		bongo_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops bongo_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bongo_init(void)
{
	bongo.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bongo.memory.pagemap.ops = &bongo_pagemap_ops;
	return card_register(&bongo, bongo_move);
}

card_module(bongo, bongo_init);
