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
static void roach_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct roach_job *job = private;
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

static void roach_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct roach_job *job = private;

	job->finalized++;
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	card_note(&roach, "moved", 1);
}

static const struct migrate_vma_ops roach_ops = {
	.alloc_and_copy		= roach_alloc_and_copy,
	.finalize_and_map	= roach_finalize_and_map,
};

static long roach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct roach_job job = { .give_up = end - start > PAGE_SIZE };
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&roach_ops, vma, start, start + PAGE_SIZE, &src, &dst, &job);
	if (ret)
		return ret;
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
