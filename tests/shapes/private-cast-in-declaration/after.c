// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card egret;

typedef struct {
	unsigned int left;
	unsigned int moved;
} egret_quota_t;

static void egret_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, egret_quota_t *quota)
{
	const unsigned long *last = src + ((end - start) >> PAGE_SHIFT);

	for (; src < last && quota->left; src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&egret);
		if (!dpage)
			return;
		quota->left--;
		card_copy(&egret, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void egret_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end,
				   egret_quota_t *quota)
{
	for (; start < end; start += PAGE_SIZE)
		quota->moved += !!(*src++ & MIGRATE_PFN_MIGRATE);
}

static long egret_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	egret_quota_t quota = { .left = 2 };
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &egret,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		egret_alloc_and_copy(args.src, args.dst, args.start, args.end, &quota);
		migrate_vma_pages(&args);
		egret_finalize_and_map(args.src, args.start, args.end, &quota);
		migrate_vma_finalize(&args);
	}
	return quota.left;
}

static const struct dev_pagemap_ops egret_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init egret_init(void)
{
	egret.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	egret.memory.pagemap.owner = &egret;
	egret.memory.pagemap.ops = &egret_pagemap_ops;
	return card_register(&egret, egret_move);
}

card_module(egret, egret_init);
