// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card canoe;

static void canoe_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&canoe);
	if (!dpage)
		return;
	card_copy(&canoe, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static long canoe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &canoe,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return -EIO;
	if (args.cpages) {
		canoe_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops canoe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init canoe_init(void)
{
	canoe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	canoe.memory.pagemap.owner = &canoe;
	canoe.memory.pagemap.ops = &canoe_pagemap_ops;
	return card_register(&canoe, canoe_move);
}

card_module(canoe, canoe_init);
