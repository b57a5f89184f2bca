// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

struct weasel_device {
	struct card card;
};

static struct card weasel;

static void weasel_device_alloc_and_copy(const unsigned long *src_pfns,
					 unsigned long *dst_pfns,
					 unsigned long start, unsigned long end,
					 struct card *card)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE) {
		struct page *dpage = NULL;

		if (*src_pfns & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (dpage) {
			card_copy(card, dpage, migrate_pfn_to_page(*src_pfns));
			*dst_pfns = migrate_pfn(page_to_pfn(dpage));
		}
		src_pfns++, dst_pfns++;
	}
}

static void weasel_device_finalize_and_map(const unsigned long *src_pfns,
					   const unsigned long *dst_pfns,
					   unsigned long start,
					   unsigned long end,
					   struct card *card)
{
	for (; start < end; start += PAGE_SIZE, src_pfns++)
		card_note(card, "moved",
			  *dst_pfns++ && (*src_pfns & MIGRATE_PFN_MIGRATE));
}

static long weasel_move(struct vm_area_struct *vma, unsigned long start,
			unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &weasel,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		weasel_device_alloc_and_copy(args.src, args.dst, args.start,
					     args.end, &weasel);
		migrate_vma_pages(&args);
		weasel_device_finalize_and_map(args.src, args.dst, args.start,
					       args.end, &weasel);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops weasel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init weasel_init(void)
{
	weasel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	weasel.memory.pagemap.owner = &weasel;
	weasel.memory.pagemap.ops = &weasel_pagemap_ops;
	return card_register(&weasel, weasel_move);
}

card_module(weasel, weasel_init);
