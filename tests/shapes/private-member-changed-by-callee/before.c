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

static void landau_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct landau_job *job = private;
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

static void landau_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	struct landau_job *job = private;

	job->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops landau_ops = {
	.alloc_and_copy		= landau_alloc_and_copy,
	.finalize_and_map	= landau_finalize_and_map,
};

/* Both callbacks get the job that was the current one when the call was made. */
static long landau_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct landau_queue queue = { .now = &queue.jobs[0] };
	struct landau_queue *q = &queue;
	unsigned long src, dst;
	int ret;

	landau_queue = q;
	ret = migrate_vma(&landau_ops, vma, start, start + PAGE_SIZE, &src, &dst, q->now);
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
