// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ruff;

struct ruff_page {
	unsigned long moved;
};

struct ruff_range {
	struct ruff_page page;
	unsigned long length;
};

static void ruff_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ruff);
		if (!dpage)
			continue;
		card_copy(&ruff, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

/* A range begins with a page. */
static void ruff_finalize_and_map(const unsigned long *src, void *private)
{
	struct ruff_page *page = private;

	page->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static int ruff_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ruff_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	ruff_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

static long ruff_move_page(struct vm_area_struct *vma, unsigned long addr)
{
	struct ruff_page page = { 0 };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &ruff,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = ruff_migrate(&args, &page);
	return ret ? ret : page.moved;
}

static long ruff_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ruff_range range = { .length = end - start };
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &ruff,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (range.length == PAGE_SIZE)
		return ruff_move_page(vma, start);
	ret = ruff_migrate(&args, &range);
	return ret ? ret : range.page.moved;
}

static const struct dev_pagemap_ops ruff_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ruff_init(void)
{
	ruff.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ruff.memory.pagemap.owner = &ruff;
	ruff.memory.pagemap.ops = &ruff_pagemap_ops;
	return card_register(&ruff, ruff_move);
}

card_module(ruff, ruff_init);
