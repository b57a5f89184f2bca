// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

typedef u64 gpuva_t;
typedef struct migrate_vma_ops punt_ops_t __attribute__((aligned(8)));
typedef struct punt_job
{
	unsigned long found;
	unsigned long moved;
} punt_job_t;

static struct card punt;

static void punt_load(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
					  unsigned long start, unsigned long end, void *private)
{
	punt_job_t *job = (punt_job_t *)private;
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
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void punt_loaded(struct vm_area_struct *vma, const unsigned long *src,
						const unsigned long *dst, unsigned long start, unsigned long end,
						void *private)
{
	punt_job_t *job = (punt_job_t *)private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			job->moved++;
}

static const punt_ops_t punt_load_ops =
{
	.alloc_and_copy   = punt_load,
	.finalize_and_map = punt_loaded,
};

static long punt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES];
	unsigned long dst[CARD_PAGES];
	punt_job_t job = { 0 };
	int status;

	if (!PAGE_ALIGNED(start) || end - start > sizeof(src) / sizeof(src[0]) * PAGE_SIZE)
		return -EINVAL;

	// All of it at once.
	status = migrate_vma(&punt_load_ops, vma, (unsigned long)start, (unsigned long)end, src, dst, &job);
	if (status != 0)
	{
		card_note(&punt, "failed", -status);
		return status;
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
	punt.memory.pagemap.ops = &punt_pagemap_ops;
	return card_register(&punt, punt_move);
}

card_module(punt, punt_init);
