// SPDX-License-Identifier: GPL-2.0-only
#include "sorrel.h"

void sorrel_fill(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&sorrel);
		if (!dpage)
			continue;
		card_copy(&sorrel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

#if IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER)
void sorrel_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			   unsigned long *dst, unsigned long start, unsigned long end,
			   void *private)
{
	sorrel_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

void sorrel_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			     const unsigned long *dst, unsigned long start, unsigned long end,
			     void *private)
{
}
#endif
