// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pike;

static void alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&pike);
	if (!dpage)
		return;
	card_copy(&pike, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void finalize_and_map(const unsigned long *src, const unsigned long *dst)
{
	card_note(&pike, "moved", dst[0] && (src[0] & MIGRATE_PFN_MIGRATE));
}

static long pike_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &pike,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		finalize_and_map(args.src, args.dst);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops pike_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pike_init(void)
{
	pike.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pike.memory.pagemap.owner = &pike;
	pike.memory.pagemap.ops = &pike_pagemap_ops;
	return card_register(&pike, pike_move);
}

card_module(pike, pike_init);
