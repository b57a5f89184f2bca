// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "fcard_compat.h"

static struct card fcard;

static void fcard_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&fcard);
		if (!dpage)
			continue;
		card_copy(&fcard, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void fcard_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&fcard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int fcard_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	fcard_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	fcard_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int fcard_run(struct fcard_compat_migrate_vma *args)
{
	struct migrate_vma migrate = {
		.vma		= args->vma,
		.start		= args->start & PAGE_MASK,
		.end		= args->end,
		.src		= args->src,
		.dst		= args->dst,
		.pgmap_owner	= &fcard,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return fcard_migrate(&migrate);
}

static long fcard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	struct fcard_compat_migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = start + PAGE_SIZE,
		.src = src,
		.dst = dst,
	};

	return fcard_run(&args);
}

static const struct dev_pagemap_ops fcard_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init fcard_init(void)
{
	fcard.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	fcard.memory.pagemap.owner = &fcard;
	fcard.memory.pagemap.ops = &fcard_pagemap_ops;
	return card_register(&fcard, fcard_move);
}

card_module(fcard, fcard_init);
