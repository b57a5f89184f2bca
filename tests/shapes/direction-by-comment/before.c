// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card rook;

struct rook_slot {
	struct page *page;
};

static void rook_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct rook_slot *slot = private;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	card_copy(&rook, slot->page, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(slot->page)) | MIGRATE_PFN_LOCKED;
	slot->page = NULL;
}

static void rook_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	card_note(&rook, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops rook_ops = {
	.alloc_and_copy		= rook_alloc_and_copy,
	.finalize_and_map	= rook_finalize_and_map,
};

static long rook_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct rook_slot slot = { .page = card_alloc(&rook) };
	unsigned long src, dst;
	int ret;

	if (!slot.page)
		return -ENOMEM;
	/* migrate-vma: to-device */
	ret = migrate_vma(&rook_ops, vma, start, start + PAGE_SIZE, &src, &dst, &slot);
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

	if (!slot.page)
		return -ENOMEM;
	lock_page(slot.page);
	/* One page; migrate-vma: to-ram, fault_page=NULL */
	ret = migrate_vma(&rook_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, &slot);
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
	rook.memory.pagemap.ops = &rook_pagemap_ops;
	return card_register(&rook, rook_move);
}

card_module(rook, rook_init);
