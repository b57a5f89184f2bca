// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dace;

static void dace_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&dace);
		if (!dpage)
			continue;
		card_copy(&dace, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void dace_finalize_and_map(const unsigned long *src)
{
	card_note(&dace, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static int dace_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dace_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	dace_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long dace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dace,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = dace_migrate(&args);
	if (ret)
		return ret;
	return 0;
}

static long dace_move_twice(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	long ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= end,
		.end		= end + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dace,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = dace_move(vma, start, end);
	if (ret || end != start + 4 * PAGE_SIZE)
		return ret;
	return dace_migrate(&args);
}

static const struct dev_pagemap_ops dace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dace_init(void)
{
	dace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dace.memory.pagemap.owner = &dace;
	dace.memory.pagemap.ops = &dace_pagemap_ops;
	return card_register(&dace, dace_move_twice);
}

card_module(dace, dace_init);
