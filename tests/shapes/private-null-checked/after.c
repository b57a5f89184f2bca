// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card snipe;

static void snipe_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long *limit)
{
	struct page *dpage;

	if (limit && !*limit)
		return;
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&snipe);
	if (!dpage)
		return;
	if (limit)
		--*limit;
	card_copy(&snipe, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void snipe_finalize_and_map(const unsigned long *src, void *private)
{
	if (!private)
		return;
	card_note(&snipe, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long snipe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long limit = 2, addr;

	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		unsigned long *pointer = end - start > PAGE_SIZE ? &limit : NULL;
		unsigned long src, dst;
		int ret;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &snipe,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			snipe_alloc_and_copy(args.src, args.dst, pointer);
			migrate_vma_pages(&args);
			snipe_finalize_and_map(args.src, pointer);
			migrate_vma_finalize(&args);
		}
	}
	return limit;
}

static const struct dev_pagemap_ops snipe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init snipe_init(void)
{
	snipe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	snipe.memory.pagemap.owner = &snipe;
	snipe.memory.pagemap.ops = &snipe_pagemap_ops;
	return card_register(&snipe, snipe_move);
}

card_module(snipe, snipe_init);
