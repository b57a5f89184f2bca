// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

struct roe {
	struct card card;
	bool down_failed;
	const struct migrate_vma_ops *up, *down;
};

static struct roe roe;

static void roe_up(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		   unsigned long start, unsigned long end, void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&roe.card);
		if (!dpage)
			continue;
		card_copy(&roe.card, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void roe_down(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		     unsigned long start, unsigned long end, void *private)
{
	struct page *spage = migrate_pfn_to_page(*src), *dpage;

	if (!spage || !is_device_private_page(spage))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		roe.down_failed = true;
		return;
	}
	lock_page(dpage);
	if (card_copy(&roe.card, dpage, spage)) {
		card_release(dpage);
		roe.down_failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void roe_moved(struct vm_area_struct *vma, const unsigned long *src,
		      const unsigned long *dst, unsigned long start, unsigned long end,
		      void *private)
{
	unsigned long *moved = private, i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		*moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops roe_up_ops = {
	.alloc_and_copy		= roe_up,
	.finalize_and_map	= roe_moved,
};

static const struct migrate_vma_ops roe_down_ops = {
	.alloc_and_copy		= roe_down,
	.finalize_and_map	= roe_moved,
};

static long roe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], moved = 0;
	int ret;

	if (!PAGE_ALIGNED(start) || end <= start || end - start > 4 * PAGE_SIZE)
		return -EINVAL;
	ret = migrate_vma(roe.up, vma, start, end, src, dst, &moved);
	card_note(&roe.card, "moved", moved);
	return ret;
}

static vm_fault_t roe_fault(struct vm_fault *vmf)
{
	unsigned long src, dst, moved = 0;

	roe.down_failed = false;
	if (migrate_vma(roe.down, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			&moved))
		return VM_FAULT_SIGBUS;
	return roe.down_failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops roe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= roe_fault,
};

static int __init roe_init(void)
{
	roe.up = &roe_up_ops;
	roe.down = &roe_down_ops;
	roe.card.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	roe.card.memory.pagemap.ops = &roe_pagemap_ops;
	return card_register(&roe.card, roe_move);
}

card_module(roe.card, roe_init);
