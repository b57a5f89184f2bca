// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card chough;

/* In the driver's memory.c. */
struct page *chough_new_page(struct vm_area_struct *vma, unsigned long addr);

static void chough_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
			continue;
		if (!is_device_private_page(spage))
			continue;
		dpage = chough_new_page(vma, start);
		if (!dpage)
			continue;
		card_copy(&chough, dpage, spage);
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void chough_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&chough, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long chough_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &chough,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		chough_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		chough_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops chough_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init chough_init(void)
{
	chough.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	chough.memory.pagemap.owner = &chough;
	chough.memory.pagemap.ops = &chough_pagemap_ops;
	return card_register(&chough, chough_move);
}

card_module(chough, chough_init);
