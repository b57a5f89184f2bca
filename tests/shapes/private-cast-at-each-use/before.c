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

static void stork_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(((struct stork_job *)private)->card);
	if (!dpage)
		return;
	if (!card_copy(((struct stork_job *)private)->card, dpage, migrate_pfn_to_page(*src)))
		((struct stork_job *)private)->copied++;
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void stork_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		++((struct stork_job *)private)->moved;
}

static const struct migrate_vma_ops stork_ops = {
	.alloc_and_copy		= stork_alloc_and_copy,
	.finalize_and_map	= stork_finalize_and_map,
};

static long stork_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct stork_job job = { .card = &stork };
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&stork_ops, vma, start, start + PAGE_SIZE, &src, &dst, &job);
	if (ret)
		return ret;
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
