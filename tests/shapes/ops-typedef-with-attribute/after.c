// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

typedef u64 gpuva_t;
typedef struct punt_job
{
	unsigned long found;
	unsigned long moved;
} punt_job_t;

static struct card punt;

static void punt_load(const unsigned long *src, unsigned long *dst, unsigned long start,
		      unsigned long end, punt_job_t *job)
{
	gpuva_t addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, ++src, ++dst)
	{
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		job->found++;
		dpage = card_alloc(&punt);
		if (!dpage)
			continue;
		card_copy(&punt, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void punt_loaded(const unsigned long *src, unsigned long start, unsigned long end,
			punt_job_t *job)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			job->moved++;
}

static long punt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES];
	unsigned long dst[CARD_PAGES];
	punt_job_t job = { 0 };
	int status;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= (unsigned long)start,
		.end		= (unsigned long)end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &punt,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!PAGE_ALIGNED(start) || end - start > sizeof(src) / sizeof(src[0]) * PAGE_SIZE)
		return -EINVAL;

	// All of it at once.
	status = migrate_vma_setup(&args);
	if (status != 0)
	{
		card_note(&punt, "failed", -status);
		return status;
	}
	if (args.cpages)
	{
		punt_load(args.src, args.dst, args.start, args.end, &job);
		migrate_vma_pages(&args);
		punt_loaded(args.src, args.start, args.end, &job);
		migrate_vma_finalize(&args);
	}

	card_note(&punt, "found", job.found);
	card_note(&punt, "moved", job.moved);
	return 0;
}

static const struct dev_pagemap_ops punt_pagemap_ops =
{
	DEVICE_MEMORY_FREE,
	.migrate_to_ram = card_migrate_to_ram,
};

static int __init punt_init(void)
{
	punt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	punt.memory.pagemap.owner = &punt;
	punt.memory.pagemap.ops = &punt_pagemap_ops;
	return card_register(&punt, punt_move);
}

card_module(punt, punt_init);
