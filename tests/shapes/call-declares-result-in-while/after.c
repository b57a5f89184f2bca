// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card lugger;

#define LUGGER_CHUNK	(2 * PAGE_SIZE)

static void lugger_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&lugger);
		if (!dpage)
			continue;
		card_copy(&lugger, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void lugger_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&lugger, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long lugger_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];

	start &= PAGE_MASK;
	end &= PAGE_MASK;
	while (start < end) {
		unsigned long next = min(end, start + LUGGER_CHUNK);
		struct migrate_vma args = {
			.vma		= vma,
			.start		= start,
			.end		= next,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &lugger,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		card_note(&lugger, "chunk", (next - start) >> PAGE_SHIFT);
		int ret = migrate_vma_setup(&args);

		if (ret < 0)
			return ret;
		if (args.cpages) {
			lugger_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			lugger_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
		start = next;
	}
	return 0;
}

static const struct dev_pagemap_ops lugger_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init lugger_init(void)
{
	lugger.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lugger.memory.pagemap.owner = &lugger;
	lugger.memory.pagemap.ops = &lugger_pagemap_ops;
	return card_register(&lugger, lugger_move);
}

card_module(lugger, lugger_init);
