// SPDX-License-Identifier: GPL-2.0-only
#include "wagtail.h"

static void wagtail_load_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start,
					unsigned long end, void *private)
{
	struct card *card = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE) || (spage && is_device_private_page(spage)))
			continue;
		dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, spage);
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void wagtail_store_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					 unsigned long *dst, unsigned long start,
					 unsigned long end, void *private)
{
	struct card *card = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!spage || !(src[i] & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
			continue;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start + i * PAGE_SIZE);
		if (!dpage)
			continue;
		lock_page(dpage);
		card_copy(card, dpage, spage);
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void wagtail_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, moved = 0;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
	card_note(private, "moved", moved);
}

const struct migrate_vma_ops wagtail_load_ops = {
	wagtail_load_alloc_and_copy, wagtail_finalize_and_map
};
const struct migrate_vma_ops wagtail_store_ops = {
	wagtail_store_alloc_and_copy, wagtail_finalize_and_map
};
