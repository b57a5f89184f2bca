// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card rook;

struct rook_slot {
	struct page *page;
};

static void rook_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				struct rook_slot *slot)
{
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	card_copy(&rook, slot->page, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(slot->page));
	slot->page = NULL;
}

static void rook_finalize_and_map(const unsigned long *src)
{
	card_note(&rook, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int rook_migrate(struct migrate_vma *args, struct rook_slot *slot)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	rook_alloc_and_copy(args->src, args->dst, slot);
	migrate_vma_pages(args);
	rook_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long rook_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct rook_slot slot = { .page = card_alloc(&rook) };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &rook,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!slot.page)
		return -ENOMEM;
	/* migrate-vma: to-device */
	ret = rook_migrate(&args, &slot);
	if (slot.page)
		card_release(slot.page);
	return ret;
}

long rook_back(struct vm_area_struct *vma, unsigned long addr);

long rook_back(struct vm_area_struct *vma, unsigned long addr)
{
	struct rook_slot slot = { .page = alloc_page(GFP_HIGHUSER) };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &rook,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	if (!slot.page)
		return -ENOMEM;
	lock_page(slot.page);
	/* One page; migrate-vma: to-ram, fault_page=NULL */
	ret = rook_migrate(&args, &slot);
	if (slot.page)
		card_release(slot.page);
	return ret;
}

static const struct dev_pagemap_ops rook_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init rook_init(void)
{
	rook.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	rook.memory.pagemap.owner = &rook;
	rook.memory.pagemap.ops = &rook_pagemap_ops;
	return card_register(&rook, rook_move);
}

card_module(rook, rook_init);
