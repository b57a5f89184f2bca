// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "gig.h"

static void gig_up(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		   unsigned long start, unsigned long end, void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&gig.card);
		if (!dpage)
			continue;
		card_copy(&gig.card, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gig_down(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		     unsigned long start, unsigned long end, void *private)
{
	struct page *spage = migrate_pfn_to_page(*src), *dpage;

	if (!spage || !is_device_private_page(spage))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		gig.down_failed = true;
		return;
	}
	lock_page(dpage);
	if (card_copy(&gig.card, dpage, spage)) {
		card_release(dpage);
		gig.down_failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void gig_moved(struct vm_area_struct *vma, const unsigned long *src,
		      const unsigned long *dst, unsigned long start, unsigned long end,
		      void *private)
{
	unsigned long *moved = private, i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		*moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

const struct migrate_vma_ops gig_up_ops = {
	.alloc_and_copy		= gig_up,
	.finalize_and_map	= gig_moved,
};

const struct migrate_vma_ops gig_down_ops = {
	.alloc_and_copy		= gig_down,
	.finalize_and_map	= gig_moved,
};
