// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "fcard_compat.h"

static struct card fcard;

static void fcard_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void fcard_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&fcard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops fcard_ops = {
	.alloc_and_copy		= fcard_alloc_and_copy,
	.finalize_and_map	= fcard_finalize_and_map,
};

static int fcard_run(struct migrate_vma *args)
{
	return migrate_vma(&fcard_ops, args->vma, args->start, args->end, args->src, args->dst,
			   NULL);
}

static long fcard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
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
	fcard.memory.pagemap.ops = &fcard_pagemap_ops;
	return card_register(&fcard, fcard_move);
}

card_module(fcard, fcard_init);
