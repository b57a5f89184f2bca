// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card siskin;

/* Only its address counts: it marks the device memory as this driver's. */
static char siskin_pgmap_owner;

static void siskin_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&siskin);
	if (!dpage)
		return;
	card_copy(&siskin, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void siskin_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&siskin, "moved", 1);
}

static int siskin_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	siskin_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	siskin_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long siskin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &siskin_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	start &= PAGE_MASK;
	args.start = start;
	args.end = start + PAGE_SIZE;
	return siskin_migrate(&args);
}

static const struct dev_pagemap_ops siskin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init siskin_init(void)
{
	struct dev_pagemap *pagemap = &siskin.memory.pagemap;

	if (!pagemap->ops) {
		pagemap->type = MEMORY_DEVICE_PRIVATE; /* no struct pages in memory */
		pagemap->owner = &siskin_pgmap_owner;
	} else {
		return -EBUSY;
	}
	pagemap->ops = &siskin_pagemap_ops;
	return card_register(&siskin, siskin_move);
}

card_module(siskin, siskin_init);
