// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

struct roe {
	struct card card;
	bool down_failed;
	int (*up)(struct migrate_vma *args, void *private);
	int (*down)(struct migrate_vma *args, void *private);
};

static struct roe roe;

static void roe_up(const unsigned long *src, unsigned long *dst, unsigned long start,
		   unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void roe_down(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		     unsigned long start)
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
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void roe_moved(const unsigned long *src, unsigned long start, unsigned long end,
		      unsigned long *private)
{
	unsigned long *moved = private, i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		*moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

static int roe_up_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	roe_up(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	roe_moved(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static int roe_down_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	roe_down(args->vma, args->src, args->dst, args->start);
	migrate_vma_pages(args);
	roe_moved(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static long roe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], moved = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &roe,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	if (!PAGE_ALIGNED(start) || end <= start || end - start > 4 * PAGE_SIZE)
		return -EINVAL;
	ret = roe.up ? roe.up(&args, &moved) : -EINVAL;
	card_note(&roe.card, "moved", moved);
	return ret;
}

static vm_fault_t roe_fault(struct vm_fault *vmf)
{
	unsigned long src, dst, moved = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &roe,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	roe.down_failed = false;
	if (!roe.down || roe.down(&args, &moved))
		return VM_FAULT_SIGBUS;
	return roe.down_failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops roe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= roe_fault,
};

static int __init roe_init(void)
{
	roe.up = roe_up_migrate;
	roe.down = roe_down_migrate;
	roe.card.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	roe.card.memory.pagemap.owner = &roe;
	roe.card.memory.pagemap.ops = &roe_pagemap_ops;
	return card_register(&roe.card, roe_move);
}

card_module(roe.card, roe_init);
