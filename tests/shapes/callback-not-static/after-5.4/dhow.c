// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "dhow.h"

static struct card dhow;

struct dhow_batch;
static void dhow_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end, struct dhow_batch *batch);

struct dhow_batch {
	unsigned long pages[4];
	unsigned int used;
};

static void dhow_finalize_and_map(const unsigned long *src, const unsigned long *dst,
				  struct dhow_batch *batch)
{
	unsigned int i;

	/* What was put into the batch, in the order of the range. */
	for (i = 0; i < batch->used; i++)
		card_note(&dhow, "moved", dst[i] && (src[i] & MIGRATE_PFN_MIGRATE));
}

static long dhow_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct dhow_batch batch = { .used = 0 };
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start & PAGE_MASK,
		.end	= end & PAGE_MASK,
		.src	= src,
		.dst	= dst,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dhow_alloc_and_copy(args.src, args.dst, args.start, args.end, &batch);
		migrate_vma_pages(&args);
		dhow_finalize_and_map(args.src, args.dst, &batch);
		migrate_vma_finalize(&args);
	}
	return batch.used;
}

static void dhow_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end, struct dhow_batch *batch)
{
	for (; start < end && batch->used < 4; start += PAGE_SIZE, batch->used++) {
		unsigned int i = batch->used;
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dhow);
		if (!dpage)
			continue;
		batch->pages[i] = page_to_pfn(dpage);
		card_copy(&dhow, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static const struct dev_pagemap_ops dhow_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dhow_init(void)
{
	dhow.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dhow.memory.pagemap.ops = &dhow_pagemap_ops;
	return card_register(&dhow, dhow_move);
}

card_module(dhow, dhow_init);
