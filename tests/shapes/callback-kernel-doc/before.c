// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ibex;

struct ibex_job {
	unsigned long moved;
};

/**
 * ibex_alloc_and_copy() - take pages of the card and copy
 * @vma: the mapping
 * @src: what is to move
 * @dst: where to
 * @start: first address
 * @end: the address behind the last
 * @private: not used
 *
 * Context: the mmap lock is held.
 */
static void ibex_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&ibex);
		if (!dpage)
			continue;
		card_copy(&ibex, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

/**
 * ibex_finalize_and_map() - count what has moved
 * @vma: the mapping
 * @src: what was to move
 * @dst: where to
 * @start: first address
 * @end: the address behind the last
 * @private: the job
 */
static void ibex_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct ibex_job *job = private;

	job->moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops ibex_ops = {
	.alloc_and_copy		= ibex_alloc_and_copy,
	.finalize_and_map	= ibex_finalize_and_map,
};

static long ibex_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ibex_job job = { 0 };
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&ibex_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, &job);
	if (ret)
		return ret;
	return job.moved;
}

static const struct dev_pagemap_ops ibex_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ibex_init(void)
{
	ibex.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ibex.memory.pagemap.ops = &ibex_pagemap_ops;
	return card_register(&ibex, ibex_move);
}

card_module(ibex, ibex_init);
