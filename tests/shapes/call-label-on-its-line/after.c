// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card canoe;

struct canoe_job {
	unsigned long src[4];
	unsigned long dst[4];
	unsigned long turns;
	bool lost;
};

static void canoe_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, struct canoe_job *job)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = ({
			struct page *page = NULL;

			if (src[i] & MIGRATE_PFN_MIGRATE)
				page = card_alloc(&canoe);
			page;
		});

		if (!dpage)
			continue;
		if (card_copy(&canoe, dpage, migrate_pfn_to_page(src[i]))) {
			card_release(dpage);
			job->lost = true;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void canoe_finalize_and_map(struct canoe_job *job)
{
	job->turns++;
}

static int canoe_migrate(struct migrate_vma *args, struct canoe_job *job)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	canoe_alloc_and_copy(args->src, args->dst, args->start, args->end, job);
	migrate_vma_pages(args);
	canoe_finalize_and_map(job);
	migrate_vma_finalize(args);
	return 0;
}

static int canoe_repeat(struct canoe_job *job, struct vm_area_struct *vma, unsigned long start,
			unsigned long npages)
{
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + npages * PAGE_SIZE,
		.pgmap_owner	= &canoe,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (npages > 4)
		goto chunk;
again: /* once more */
	args.src = job->src;
	args.dst = job->dst;
	ret = canoe_migrate(&args, job);
	if (ret)
		return ret;
	if (job->lost && job->turns < 3) {
		job->lost = false;
		goto again;
	}
	return 0;

chunk:
	for (; npages; npages--, start += PAGE_SIZE) {
		struct migrate_vma migrate = {
			.vma		= vma,
			.start		= start,
			.end		= start + PAGE_SIZE,
			.pgmap_owner	= &canoe,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		switch (npages & 1) {
		case 0: ret = canoe_repeat(job, vma, start, 1); break;
		case 1: /* odd */
			migrate.src = job->src;
			migrate.dst = job->dst;
			ret = canoe_migrate(&migrate, job);
			break;
		}
		if (ret)
			return ret;
	}
	return 0;
}

static long canoe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct canoe_job *job;
	long ret;

	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end))
		return -EINVAL;
	job = kzalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return -ENOMEM;
	ret = canoe_repeat(job, vma, start, (end - start) >> PAGE_SHIFT);
	card_note(&canoe, "turns", job->turns);
	kfree(job);
	return ret;
}

static const struct dev_pagemap_ops canoe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init canoe_init(void)
{
	canoe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	canoe.memory.pagemap.owner = &canoe;
	canoe.memory.pagemap.ops = &canoe_pagemap_ops;
	return card_register(&canoe, canoe_move);
}

card_module(canoe, canoe_init);
