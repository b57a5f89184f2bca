// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dipper;

static void dipper_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dipper);
		if (!dpage)
			continue;
		card_copy(&dipper, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void dipper_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dipper, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

struct dipper_job {
	unsigned long start;
	unsigned long end;
};

static long dipper_work(struct vm_area_struct *vma, struct dipper_job *job)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dipper,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (job->end > job->start + 4 * PAGE_SIZE)
		return -E2BIG;
	args.start = job->start & PAGE_MASK;
	args.end = job->end;
	ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
	if (ret)
		goto out;
	if (args.cpages) {
		dipper_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		dipper_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&dipper, "whole", 1);
out:
	return ret;
}

static long dipper_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct dipper_job job = { end, start };

	card_note(&dipper, "reversed", -dipper_work(vma, &job));
	swap(job.start, job.end);
	return dipper_work(vma, &job);
}

static const struct dev_pagemap_ops dipper_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dipper_init(void)
{
	dipper.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dipper.memory.pagemap.owner = &dipper;
	dipper.memory.pagemap.ops = &dipper_pagemap_ops;
	return card_register(&dipper, dipper_move);
}

card_module(dipper, dipper_init);
