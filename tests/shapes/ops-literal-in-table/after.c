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

static void boat_load(const unsigned long *src, unsigned long *dst, unsigned long start,
		      unsigned long end, struct boat_job *job)
{
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void boat_loaded(const unsigned long *src, unsigned long start, unsigned long end,
			struct boat_job *job)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		job->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

struct boat_kind {
	const char *name;
	int (*ops)(struct migrate_vma *args, void *private);
};

static int boat_load_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	boat_load(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	boat_loaded(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static const struct boat_kind boat_kind = {
	.name = "boat",
	.ops = boat_load_migrate,
};

static long boat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	struct boat_job job = { 0 };
	int ret = 0;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &boat,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	ret = boat_kind.ops ? boat_kind.ops(&args, &job) : -EINVAL;
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
	boat.memory.pagemap.owner = &boat;
	boat.memory.pagemap.ops = &boat_pagemap_ops;

	return card_register(&boat, boat_move);
}

card_module(boat, boat_init);
