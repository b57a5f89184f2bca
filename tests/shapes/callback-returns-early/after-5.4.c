// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card roach;

struct roach_job {
	bool give_up;
	unsigned long finalized;
};

/* "return" ends the callback, not the migration. */
static void roach_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				 struct roach_job *job)
{
	struct page *dpage;

	if (job->give_up)
		return;
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&roach);
	if (!dpage)
		goto out_of_memory;
	if (card_copy(&roach, dpage, migrate_pfn_to_page(*src)))
		goto release;
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	return;

release:
	card_release(dpage);
out_of_memory:
	card_note(&roach, "error", 1);
}

static void roach_finalize_and_map(const unsigned long *src, struct roach_job *job)
{
	job->finalized++;
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	card_note(&roach, "moved", 1);
}

static long roach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct roach_job job = { .give_up = end - start > PAGE_SIZE };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		roach_alloc_and_copy(args.src, args.dst, &job);
		migrate_vma_pages(&args);
		roach_finalize_and_map(args.src, &job);
		migrate_vma_finalize(&args);
	}
	return job.finalized;
}

static const struct dev_pagemap_ops roach_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init roach_init(void)
{
	roach.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	roach.memory.pagemap.ops = &roach_pagemap_ops;
	return card_register(&roach, roach_move);
}

card_module(roach, roach_init);
