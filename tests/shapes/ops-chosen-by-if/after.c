// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

struct yawl_request {
	bool clear;
	unsigned long moved;
};

static void yawl_copy_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&yawl);
	if (!dpage)
		return;
	card_copy(&yawl, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

/* The program said that it does not need the contents. */
static void yawl_clear_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&yawl);
	if (!dpage)
		return;
	card_copy(&yawl, dpage, NULL);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void yawl_finalize_and_map(const unsigned long *src, struct yawl_request *request)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		request->moved++;
}

static int yawl_copy_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_copy_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	yawl_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

static int yawl_clear_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_clear_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	yawl_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

static int yawl_move_page(struct vm_area_struct *vma, unsigned long addr,
			  struct yawl_request *request)
{
	int (*ops)(struct migrate_vma *args, void *private);
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &yawl,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (request->clear)
		ops = yawl_clear_migrate;
	else
		ops = yawl_copy_migrate;
	return ops(&args, request);
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct yawl_request request = { .clear = end - start > PAGE_SIZE };
	int ret;

	ret = yawl_move_page(vma, start, &request);
	card_note(&yawl, "moved", request.moved);
	return ret;
}

static const struct dev_pagemap_ops yawl_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yawl_init(void)
{
	yawl.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yawl.memory.pagemap.owner = &yawl;
	yawl.memory.pagemap.ops = &yawl_pagemap_ops;
	return card_register(&yawl, yawl_move);
}

card_module(yawl, yawl_init);
