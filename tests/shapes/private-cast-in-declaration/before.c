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

static void egret_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	const unsigned long *last = src + ((end - start) >> PAGE_SHIFT);
	egret_quota_t *quota = (egret_quota_t *)private;

	for (; src < last && quota->left; src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&egret);
		if (!dpage)
			return;
		quota->left--;
		card_copy(&egret, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void egret_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	egret_quota_t *quota = (egret_quota_t *)private;

	for (; start < end; start += PAGE_SIZE)
		quota->moved += !!(*src++ & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops egret_ops = {
	.alloc_and_copy		= egret_alloc_and_copy,
	.finalize_and_map	= egret_finalize_and_map,
};

static long egret_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	egret_quota_t quota = { .left = 2 };
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&egret_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, (void *)&quota);
	if (ret)
		return ret;
	return quota.left;
}

static const struct dev_pagemap_ops egret_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init egret_init(void)
{
	egret.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	egret.memory.pagemap.ops = &egret_pagemap_ops;
	return card_register(&egret, egret_move);
}

card_module(egret, egret_init);
