// SPDX-License-Identifier: GPL-2.0-only
#if defined(CONFIG_DEVICE_PRIVATE)
#include <linux/migrate.h>
#include <linux/mm.h>

#include "hazel.h"

static void hazel_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&hazel);
		if (!dpage)
			continue;
		card_copy(&hazel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void hazel_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&hazel, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

long hazel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		hazel_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		hazel_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}
#endif /* CONFIG_DEVICE_PRIVATE */
