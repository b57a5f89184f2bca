// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bream;

static void bream_alloc_and_copy(const unsigned long *from, unsigned long *to, unsigned long first,
				 unsigned long outer, unsigned long *count)
{
	unsigned long src, dst;

	/* src and dst are other things here. */
	for (src = first, dst = 0; src < outer; src += PAGE_SIZE, dst++) {
		struct page *dpage = NULL;

		if (from[dst] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&bream);
		if (!dpage)
			continue;
		card_copy(&bream, dpage, migrate_pfn_to_page(from[dst]));
		to[dst] = migrate_pfn(page_to_pfn(dpage));
		++*count;
	}
}

static void bream_finalize_and_map(const unsigned long *src_pfns, const unsigned long *dst_pfns)
{
	card_note(&bream, "moved", dst_pfns[0] && (src_pfns[0] & MIGRATE_PFN_MIGRATE));
}

static long bream_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src_pfns[2], dst_pfns[2], count = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src_pfns,
		.dst		= dst_pfns,
		.pgmap_owner	= &bream,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		bream_alloc_and_copy(args.src, args.dst, args.start, args.end, &count);
		migrate_vma_pages(&args);
		bream_finalize_and_map(args.src, args.dst);
		migrate_vma_finalize(&args);
	}
	return count;
}

static const struct dev_pagemap_ops bream_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bream_init(void)
{
	bream.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bream.memory.pagemap.owner = &bream;
	bream.memory.pagemap.ops = &bream_pagemap_ops;
	return card_register(&bream, bream_move);
}

card_module(bream, bream_init);
