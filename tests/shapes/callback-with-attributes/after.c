// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card grayling;

static noinline void grayling_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&grayling);
	if (!dpage)
		return;
	card_copy(&grayling, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void
grayling_finalize_and_map(unsigned long const *src)
{
	card_note(&grayling, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long grayling_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &grayling,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		grayling_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		grayling_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops grayling_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init grayling_init(void)
{
	grayling.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	grayling.memory.pagemap.owner = &grayling;
	grayling.memory.pagemap.ops = &grayling_pagemap_ops;
	return card_register(&grayling, grayling_move);
}

card_module(grayling, grayling_init);
