// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card redstart;

static void redstart_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&redstart);
		if (!dpage)
			continue;
		card_copy(&redstart, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void redstart_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&redstart, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int redstart_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	redstart_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	redstart_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* What is written through the pointer is what the call passes. */
static long redstart_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], *limit = &end;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &redstart,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		*limit = start + 4 * PAGE_SIZE;
	args.start = start & PAGE_MASK;
	args.end = end;
	return redstart_migrate(&args);
}

static const struct dev_pagemap_ops redstart_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init redstart_init(void)
{
	redstart.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	redstart.memory.pagemap.owner = &redstart;
	redstart.memory.pagemap.ops = &redstart_pagemap_ops;
	return card_register(&redstart, redstart_move);
}

card_module(redstart, redstart_init);
