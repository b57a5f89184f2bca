// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pope;

static void pope_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private);

static void pope_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&pope);
		if (!dpage)
			continue;
		card_copy(&pope, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static const struct migrate_vma_ops pope_ops = {
	.alloc_and_copy		= pope_alloc_and_copy,
	.finalize_and_map	= pope_finalize_and_map,
};

union pope_job {
	unsigned long calls;
};

static long pope_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	union pope_job job = { 0 };
	int ret;

	ret = migrate_vma(&pope_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, &job);
	if (ret)
		return ret;
	return job.calls;
}

static void pope_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	union pope_job *job = private;

	job->calls++;
}

static const struct dev_pagemap_ops pope_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pope_init(void)
{
	pope.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pope.memory.pagemap.ops = &pope_pagemap_ops;
	return card_register(&pope, pope_move);
}

card_module(pope, pope_init);
