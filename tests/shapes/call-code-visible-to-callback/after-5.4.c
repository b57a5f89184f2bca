// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dinghy;

static void dinghy_alloc_and_copy(const unsigned long *src, unsigned long *dst, int *ret)
{
	struct page *dpage = NULL;

	card_note(&dinghy, "ret", *ret);
	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&dinghy);
	if (!dpage) {
		*ret = -ENOSPC;
		return;
	}
	card_copy(&dinghy, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	*ret = 1;
}

static void dinghy_finalize_and_map(const unsigned long *src, int *ret)
{
	card_note(&dinghy, "ret", *ret);
	*ret += !!(*src & MIGRATE_PFN_MIGRATE);
}

static int dinghy_migrate(struct migrate_vma *args, int *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dinghy_alloc_and_copy(args->src, args->dst, private);
	migrate_vma_pages(args);
	dinghy_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

/* The callbacks find 7 in ret, not what migrate_vma() will return; 0 comes over what they leave. */
static long dinghy_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret = 7;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = dinghy_migrate(&args, &ret);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops dinghy_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dinghy_init(void)
{
	dinghy.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dinghy.memory.pagemap.ops = &dinghy_pagemap_ops;
	return card_register(&dinghy, dinghy_move);
}

card_module(dinghy, dinghy_init);
