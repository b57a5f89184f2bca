// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ibis;

static void ibis_alloc_and_copy(const unsigned long *src, unsigned long *dst, int *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE) || !*private)
		return;
	dpage = card_alloc(&ibis);
	if (!dpage) {
		*private = -ENOMEM;
		return;
	}
	*private += card_copy(&ibis, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void ibis_finalize_and_map(const unsigned long *src, int *private)
{
	if (!(*src & MIGRATE_PFN_MIGRATE))
		(*private)--;
}

static long ibis_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int left = 1;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &ibis,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		ibis_alloc_and_copy(args.src, args.dst, &left);
		migrate_vma_pages(&args);
		ibis_finalize_and_map(args.src, &left);
		migrate_vma_finalize(&args);
	}
	return left;
}

static const struct dev_pagemap_ops ibis_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ibis_init(void)
{
	ibis.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ibis.memory.pagemap.owner = &ibis;
	ibis.memory.pagemap.ops = &ibis_pagemap_ops;
	return card_register(&ibis, ibis_move);
}

card_module(ibis, ibis_init);
