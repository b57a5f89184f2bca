// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card boat;

struct boat_job {
	unsigned long found;
	unsigned long moved;
	struct list_head list;
	int error;
};

static void boat_load(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		      unsigned long start, unsigned long end, void *private)
{
	struct boat_job *job = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		job->found++;
		dpage = card_alloc(&boat);
		if (!dpage)
			continue;
		if (card_copy(&boat, dpage, migrate_pfn_to_page(src[i]))) {
			card_release(dpage);
			job->error = -EIO;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void boat_loaded(struct vm_area_struct *vma, const unsigned long *src,
			const unsigned long *dst, unsigned long start, unsigned long end,
			void *private)
{
	struct boat_job *job = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		job->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops boat_ops = {
	.alloc_and_copy		= boat_load,
	.finalize_and_map	= boat_loaded,
};

static int boat_do(const struct migrate_vma_ops *ops, struct vm_area_struct *vma, unsigned long s, unsigned long e, unsigned long *src, unsigned long *dst, struct boat_job *job)
{
	return migrate_vma(ops, vma, s, e, src, dst, job);
}

static long boat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	struct boat_job job = { 0 };
	int ret = 0;

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	if (end - start == PAGE_SIZE)
		return boat_do(NULL, vma, start, end, src, dst, &job);
	ret = boat_do(&boat_ops, vma, start, end, src, dst, &job);
	if (ret)
		return ret;
	card_note(&boat, "found", job.found);
	card_note(&boat, "moved", job.moved);
	return job.error;
}

static const struct dev_pagemap_ops boat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init boat_init(void)
{
	boat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	boat.memory.pagemap.ops = &boat_pagemap_ops;

	return card_register(&boat, boat_move);
}

card_module(boat, boat_init);
