// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card twite;

#define TWITE_SET_UP(map, methods)		\
	do {					\
		(map)->type = MEMORY_DEVICE_PRIVATE;	\
		(map)->ops = (methods);		\
	} while (0)

/* Only its address counts: it marks the device memory as this driver's. */
static char twite_pgmap_owner;

static void twite_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&twite);
	if (!dpage)
		return;
	card_copy(&twite, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void twite_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&twite, "moved", 1);
}

static int twite_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	twite_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	twite_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long twite_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &twite_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	start &= PAGE_MASK;
	args.start = start;
	args.end = start + PAGE_SIZE;
	return twite_migrate(&args);
}

static const struct dev_pagemap_ops twite_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init twite_init(void)
{
	TWITE_SET_UP(&twite.memory.pagemap, &twite_pagemap_ops);
	return card_register(&twite, twite_move);
}

card_module(twite, twite_init);
