// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card rail;

static void rail_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&rail);
		if (!dpage)
			continue;
		card_copy(&rail, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void rail_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end,
				  unsigned long *moved)
{
	for (; start != end; start += PAGE_SIZE, src++)
		if (*src & MIGRATE_PFN_MIGRATE)
			++*moved;
}

static long rail_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2], moved[1] = { 0 };
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
		rail_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		rail_finalize_and_map(args.src, args.start, args.end, moved);
		migrate_vma_finalize(&args);
	}
	return moved[0];
}

static const struct dev_pagemap_ops rail_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init rail_init(void)
{
	rail.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	rail.memory.pagemap.ops = &rail_pagemap_ops;
	return card_register(&rail, rail_move);
}

card_module(rail, rail_init);
