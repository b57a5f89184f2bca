// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

static void yawl_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&yawl);
		if (!dpage)
			continue;
		card_copy(&yawl, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void yawl_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&yawl, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int yawl_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	yawl_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int yawl_quiet_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

enum yawl_kind { YAWL_PLAIN, YAWL_QUIET, YAWL_KINDS };

/* None of them is NULL. */
static int (*const yawl_kinds[YAWL_KINDS])(struct migrate_vma *args, void *private) = {
	[YAWL_PLAIN] = yawl_migrate,
	[YAWL_QUIET] = yawl_quiet_migrate,
};

static struct card *yawl_card(void)
{
	card_note(&yawl, "asked", 1);
	return &yawl;
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	enum yawl_kind kind = end - start > PAGE_SIZE ? YAWL_QUIET : YAWL_PLAIN;
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &yawl,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > CARD_PAGES * PAGE_SIZE)
		return -E2BIG;
	return yawl_kinds[kind](&args, yawl_card());
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
