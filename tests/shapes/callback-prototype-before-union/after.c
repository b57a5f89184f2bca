// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pope;

union pope_job;

static void pope_finalize_and_map(union pope_job *job);

static void pope_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&pope);
		if (!dpage)
			continue;
		card_copy(&pope, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

union pope_job {
	unsigned long calls;
};

static long pope_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	union pope_job job = { 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &pope,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		pope_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		pope_finalize_and_map(&job);
		migrate_vma_finalize(&args);
	}
	return job.calls;
}

static void pope_finalize_and_map(union pope_job *job)
{
	job->calls++;
}

static const struct dev_pagemap_ops pope_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pope_init(void)
{
	pope.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pope.memory.pagemap.owner = &pope;
	pope.memory.pagemap.ops = &pope_pagemap_ops;
	return card_register(&pope, pope_move);
}

card_module(pope, pope_init);
