// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "clipper.h"

static void clipper_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	struct clipper_counts *counts = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		counts->collected++;
		dpage = card_alloc(&clipper);
		if (!dpage)
			continue;
		card_copy(&clipper, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void clipper_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	struct clipper_counts *counts = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		counts->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

const struct migrate_vma_ops clipper_to_device_ops = {
	.alloc_and_copy		= clipper_alloc_and_copy,
	.finalize_and_map	= clipper_finalize_and_map,
};
