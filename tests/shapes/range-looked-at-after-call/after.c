// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card hare;

static void hare_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&hare);
		if (!dpage)
			continue;
		card_copy(&hare, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void hare_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&hare, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* migrate_vma() left the caller's variables alone. */
static long hare_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &hare,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 3 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		hare_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		hare_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	for (; start < end; start += PAGE_SIZE)
		card_note(&hare, "still", start & ~PAGE_MASK);
	return start == end;
}

static const struct dev_pagemap_ops hare_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init hare_init(void)
{
	hare.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	hare.memory.pagemap.owner = &hare;
	hare.memory.pagemap.ops = &hare_pagemap_ops;
	return card_register(&hare, hare_move);
}

card_module(hare, hare_init);
