// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card landau;

struct landau_job {
	unsigned long filled;
	unsigned long moved;
};

struct landau_queue {
	struct landau_job jobs[2];
	struct landau_job *now;
};

static struct landau_queue *landau_queue;

static void landau_turn(void)
{
	landau_queue->now = &landau_queue->jobs[1];
}

static void landau_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  struct landau_job *job)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&landau);
	/* The next job may be queued from now on. */
	landau_turn();
	if (!dpage)
		return;
	card_copy(&landau, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	job->filled++;
}

static void landau_finalize_and_map(const unsigned long *src, struct landau_job *job)
{
	job->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static int landau_migrate(struct migrate_vma *args, struct landau_job *job)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	landau_alloc_and_copy(args->src, args->dst, job);
	migrate_vma_pages(args);
	landau_finalize_and_map(args->src, job);
	migrate_vma_finalize(args);
	return 0;
}

/* Both callbacks get the job that was the current one when the call was made. */
static long landau_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct landau_queue queue = { .now = &queue.jobs[0] };
	struct landau_queue *q = &queue;
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	landau_queue = q;
	ret = landau_migrate(&args, q->now);
	if (ret)
		return ret;
	return queue.jobs[0].moved * 2 + queue.jobs[1].moved;
}

static const struct dev_pagemap_ops landau_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init landau_init(void)
{
	landau.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	landau.memory.pagemap.ops = &landau_pagemap_ops;
	return card_register(&landau, landau_move);
}

card_module(landau, landau_init);
