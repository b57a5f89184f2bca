// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card canoe;

static void canoe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&canoe);
	if (!dpage)
		return;
	card_copy(&canoe, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static const struct migrate_vma_ops canoe_ops = {
	.alloc_and_copy		= canoe_alloc_and_copy,
	.finalize_and_map	= NULL,
};

static long canoe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&canoe_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return -EIO;
	return 0;
}

static const struct dev_pagemap_ops canoe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init canoe_init(void)
{
	canoe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	canoe.memory.pagemap.ops = &canoe_pagemap_ops;
	return card_register(&canoe, canoe_move);
}

card_module(canoe, canoe_init);
