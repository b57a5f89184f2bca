// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "gig.h"

static void gig_up(const unsigned long *src, unsigned long *dst, unsigned long start,
		   unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void gig_down(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		     unsigned long start)
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
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void gig_moved(const unsigned long *src, unsigned long start, unsigned long end,
		      unsigned long *private)
{
	unsigned long *moved = private, i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		*moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

int gig_up_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	gig_up(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	gig_moved(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

int gig_down_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	gig_down(args->vma, args->src, args->dst, args->start);
	migrate_vma_pages(args);
	gig_moved(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}
