// SPDX-License-Identifier: GPL-2.0-only
#include "wagtail.h"

static void wagtail_load_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					unsigned long start, unsigned long end, struct card *card)
{
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void wagtail_store_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					 unsigned long *dst, unsigned long start, unsigned long end,
					 struct card *card)
{
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void wagtail_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, moved = 0;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
	card_note(private, "moved", moved);
}

int wagtail_load_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	wagtail_load_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	wagtail_finalize_and_map(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

int wagtail_store_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	wagtail_store_alloc_and_copy(args->vma, args->src, args->dst, args->start, args->end,
				     private);
	migrate_vma_pages(args);
	wagtail_finalize_and_map(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}
