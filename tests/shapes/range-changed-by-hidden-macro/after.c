// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wheatear;

static void wheatear_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&wheatear);
		if (!dpage)
			continue;
		card_copy(&wheatear, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void wheatear_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&wheatear, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int wheatear_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	wheatear_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	wheatear_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Its name says nothing of what it does. */
#define VOLE_NEXT()	do { start += PAGE_SIZE; } while (0)

static long wheatear_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &wheatear,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	VOLE_NEXT();
	args.start = start;
	args.end = start + PAGE_SIZE;
	return wheatear_migrate(&args);
}

static const struct dev_pagemap_ops wheatear_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wheatear_init(void)
{
	wheatear.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wheatear.memory.pagemap.owner = &wheatear;
	wheatear.memory.pagemap.ops = &wheatear_pagemap_ops;
	return card_register(&wheatear, wheatear_move);
}

card_module(wheatear, wheatear_init);
