// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bumboat;

static void bumboat_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bumboat);
		if (!dpage)
			continue;
		card_copy(&bumboat, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void bumboat_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bumboat, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int bumboat_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	bumboat_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	bumboat_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long bumboat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &bumboat,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};
	struct migrate_vma migrate = {
		.vma		= vma,
		.start		= addr + PAGE_SIZE,
		.end		= addr + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &bumboat,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (bumboat_migrate(&args) ||
	    bumboat_migrate(&migrate))
		return -EIO;
	return 0;
}

static const struct dev_pagemap_ops bumboat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bumboat_init(void)
{
	bumboat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bumboat.memory.pagemap.owner = &bumboat;
	bumboat.memory.pagemap.ops = &bumboat_pagemap_ops;
	return card_register(&bumboat, bumboat_move);
}

card_module(bumboat, bumboat_init);
