// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card okapi;

struct okapi_job {
	unsigned long limit;
	unsigned long moved;
};

static void okapi_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	const struct okapi_job *job = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT && i < job->limit; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&okapi);
		if (!dpage)
			continue;
		card_copy(&okapi, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void okapi_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct okapi_job *job = private;

	job->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops okapi_ops = {
	.alloc_and_copy		= okapi_alloc_and_copy,
	.finalize_and_map	= okapi_finalize_and_map,
};

static long okapi_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct okapi_job job = { .limit = 2 };
	unsigned long src[4], dst[4];

	return migrate_vma(&okapi_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, &job) ?: job.moved;
}

static const struct dev_pagemap_ops okapi_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init okapi_init(void)
{
	okapi.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	okapi.memory.pagemap.ops = &okapi_pagemap_ops;
	return card_register(&okapi, okapi_move);
}

card_module(okapi, okapi_init);
