// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card serin;

/* What is set up, by number; the member has the name of another in struct dev_pagemap. */
struct serin_kind {
	const char *name;
	enum memory_type type;
};

static const struct serin_kind serin_kinds[] = {
	{ .name = "private", .type = MEMORY_DEVICE_PRIVATE },
};

static void serin_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&serin);
	if (!dpage)
		return;
	card_copy(&serin, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void serin_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&serin, "moved", 1);
}

static int serin_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	serin_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	serin_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long serin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &serin,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	start &= PAGE_MASK;
	args.start = start;
	args.end = start + PAGE_SIZE;
	return serin_migrate(&args);
}

static const struct dev_pagemap_ops serin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init serin_init(void)
{
	const struct serin_kind *kind = &serin_kinds[0];

	serin.memory.pagemap.type = kind->type;
	serin.memory.pagemap.owner = &serin;
	serin.memory.pagemap.ops = &serin_pagemap_ops;
	return card_register(&serin, serin_move);
}

card_module(serin, serin_init);
