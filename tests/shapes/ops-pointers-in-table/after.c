// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

enum dory_way { DORY_UP, DORY_DOWN, DORY_WAYS };

struct dory {
	struct card card;
	int (*const *ways)(struct migrate_vma *args, void *private);
	unsigned long moved;
};

static struct dory dory;

struct dory_work {
	struct dory *dory;
	bool failed;
};

static void dory_up(const unsigned long *src_pfns, unsigned long *dst_pfns, unsigned long start,
		    unsigned long end, struct dory_work *work)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src_pfns[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&work->dory->card);
		if (!dpage)
			continue;
		if (card_copy(&work->dory->card, dpage, migrate_pfn_to_page(src_pfns[i]))) {
			card_release(dpage);
			work->failed = true;
			continue;
		}
		dst_pfns[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void dory_down(struct vm_area_struct *vma, const unsigned long *src_pfns,
		      unsigned long *dst_pfns, unsigned long start, struct dory_work *work)
{
	struct page *spage = migrate_pfn_to_page(*src_pfns), *dpage;

	if (!spage || !is_device_private_page(spage))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	if (card_copy(&work->dory->card, dpage, spage)) {
		card_release(dpage);
		work->failed = true;
		return;
	}
	*dst_pfns = migrate_pfn(page_to_pfn(dpage));
}

static void dory_up_done(const unsigned long *src_pfns, unsigned long start, unsigned long end,
			 struct dory_work *private)
{
	struct dory *d = private->dory;

	for (; start < end; start += PAGE_SIZE)
		d->moved += !!(*src_pfns++ & MIGRATE_PFN_MIGRATE);
}

static void dory_down_done(struct dory_work *private)
{
	struct dory *d = private->dory;

	d->moved--;
}

static int dory_up_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dory_up(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	dory_up_done(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static int dory_down_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dory_down(args->vma, args->src, args->dst, args->start, private);
	migrate_vma_pages(args);
	dory_down_done(private);
	migrate_vma_finalize(args);
	return 0;
}

static int (*const dory_ways[DORY_WAYS])(struct migrate_vma *args, void *private) = {
	[DORY_UP]	= dory_up_migrate,
	[DORY_DOWN]	= dory_down_migrate,
};

static int dory_go(struct dory *d, enum dory_way way, struct vm_area_struct *vma,
		   unsigned long start, unsigned long npages, struct page *fault_page)
{
	struct dory_work work = { .dory = d };
	unsigned long *pfns;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + npages * PAGE_SIZE,
		.pgmap_owner	= &dory,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= fault_page,
	};

	pfns = kcalloc(npages, 2 * sizeof(*pfns), GFP_KERNEL);
	if (!pfns)
		return -ENOMEM;
	args.src = pfns;
	args.dst = pfns + npages;
	ret = d->ways[way] ? d->ways[way](&args, &work) : -EINVAL;
	if (!ret && work.failed)
		ret = -EIO;
	kfree(pfns);
	return ret;
}

static long dory_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (!PAGE_ALIGNED(start) || end <= start)
		return -EINVAL;
	return dory_go(&dory, DORY_UP, vma, start, (end - start) >> PAGE_SHIFT, NULL);
}

static vm_fault_t dory_fault(struct vm_fault *vmf)
{
	struct dory *d = container_of(card_of_page(vmf->page), struct dory, card);

	return dory_go(d, DORY_DOWN, vmf->vma, vmf->address, 1, vmf->page) ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops dory_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= dory_fault,
};

static int __init dory_init(void)
{
	dory.card.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dory.card.memory.pagemap.owner = &dory;
	dory.card.memory.pagemap.ops = &dory_pagemap_ops;
	dory.ways = dory_ways;
	return card_register(&dory.card, dory_move);
}

card_module(dory.card, dory_init);
