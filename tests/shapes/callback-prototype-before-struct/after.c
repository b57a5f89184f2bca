// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card minnow;

struct minnow_job;

static void minnow_finalize_and_map(struct minnow_job *job);

static void minnow_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&minnow);
		if (!dpage)
			continue;
		card_copy(&minnow, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

struct minnow_job {
	unsigned long calls;
};

static long minnow_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct minnow_job job = { 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &minnow,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		minnow_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		minnow_finalize_and_map(&job);
		migrate_vma_finalize(&args);
	}
	return job.calls;
}

static void minnow_finalize_and_map(struct minnow_job *job)
{
	job->calls++;
}

static const struct dev_pagemap_ops minnow_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init minnow_init(void)
{
	minnow.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	minnow.memory.pagemap.owner = &minnow;
	minnow.memory.pagemap.ops = &minnow_pagemap_ops;
	return card_register(&minnow, minnow_move);
}

card_module(minnow, minnow_init);
