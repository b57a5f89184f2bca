// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dipper;

static void dipper_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void dipper_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dipper, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops dipper_ops = {
	.alloc_and_copy		= dipper_alloc_and_copy,
	.finalize_and_map	= dipper_finalize_and_map,
};

struct dipper_job {
	unsigned long start;
	unsigned long end;
};

static long dipper_work(struct vm_area_struct *vma, struct dipper_job *job)
{
	unsigned long src[4], dst[4];
	int ret;

	if (job->end > job->start + 4 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma(&dipper_ops, vma, job->start, job->end, src, dst, NULL);
	if (ret)
		goto out;
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
	dipper.memory.pagemap.ops = &dipper_pagemap_ops;
	return card_register(&dipper, dipper_move);
}

card_module(dipper, dipper_init);
