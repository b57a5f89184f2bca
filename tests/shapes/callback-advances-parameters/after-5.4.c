// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tench;

/* Everything it is passed is used up, and none of it may reach the caller's struct. */
static void tench_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	while (start < end) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&tench);
		if (dpage) {
			card_copy(&tench, dpage, migrate_pfn_to_page(*src));
			*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
		}
		src++, dst++;
		start += PAGE_SIZE;
	}
}

static void tench_finalize_and_map(const unsigned long *src, const unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE, src++, dst++)
		card_note(&tench, "moved", *dst && (*src & MIGRATE_PFN_MIGRATE));
	end = start = 0;
}

static long tench_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		tench_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		tench_finalize_and_map(args.src, args.dst, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops tench_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tench_init(void)
{
	tench.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tench.memory.pagemap.ops = &tench_pagemap_ops;
	return card_register(&tench, tench_move);
}

card_module(tench, tench_init);
