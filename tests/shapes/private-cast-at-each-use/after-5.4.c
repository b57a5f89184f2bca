// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card stork;

struct stork_job {
	struct card *card;
	unsigned long copied;
	unsigned long moved;
};

static void stork_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				 struct stork_job *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(private->card);
	if (!dpage)
		return;
	if (!card_copy(private->card, dpage, migrate_pfn_to_page(*src)))
		private->copied++;
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void stork_finalize_and_map(const unsigned long *src, struct stork_job *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		++private->moved;
}

static long stork_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct stork_job job = { .card = &stork };
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
		stork_alloc_and_copy(args.src, args.dst, &job);
		migrate_vma_pages(&args);
		stork_finalize_and_map(args.src, &job);
		migrate_vma_finalize(&args);
	}
	return job.copied + job.moved;
}

static const struct dev_pagemap_ops stork_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init stork_init(void)
{
	stork.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	stork.memory.pagemap.ops = &stork_pagemap_ops;
	return card_register(&stork, stork_move);
}

card_module(stork, stork_init);
