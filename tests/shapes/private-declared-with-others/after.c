// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card curlew;

struct curlew_part {
	unsigned long moved;
	struct curlew_part *rest;
};

static void curlew_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  struct curlew_part *private)
{
	struct curlew_part *part = private, *rest = part->rest;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&curlew);
	if (!dpage)
		return;
	card_copy(&curlew, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
	rest->moved++;
}

static void curlew_finalize_and_map(const unsigned long *src, const struct curlew_part *private)
{
	if (*src & MIGRATE_PFN_MIGRATE) {
		const struct curlew_part *part = private;

		card_note(&curlew, "rest", part->rest->moved);
	}
}

static long curlew_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct curlew_part rest = { 0 }, part = { 0, &rest };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &curlew,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		curlew_alloc_and_copy(args.src, args.dst, &part);
		migrate_vma_pages(&args);
		curlew_finalize_and_map(args.src, &part);
		migrate_vma_finalize(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops curlew_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init curlew_init(void)
{
	curlew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	curlew.memory.pagemap.owner = &curlew;
	curlew.memory.pagemap.ops = &curlew_pagemap_ops;
	return card_register(&curlew, curlew_move);
}

card_module(curlew, curlew_init);
