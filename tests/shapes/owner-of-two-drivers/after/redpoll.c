// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card redpoll;

static void redpoll_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&redpoll);
	if (!dpage)
		return;
	card_copy(&redpoll, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void redpoll_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&redpoll, "moved", 1);
}

static int redpoll_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	redpoll_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	redpoll_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long redpoll_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &redpoll,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	start &= PAGE_MASK;
	args.start = start;
	args.end = start + PAGE_SIZE;
	return redpoll_migrate(&args);
}

static const struct dev_pagemap_ops redpoll_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init redpoll_init(void)
{
	redpoll.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	redpoll.memory.pagemap.owner = &redpoll;
	redpoll.memory.pagemap.ops = &redpoll_pagemap_ops;
	return card_register(&redpoll, redpoll_move);
}

card_module(redpoll, redpoll_init);
