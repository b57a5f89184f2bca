// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

static void drv_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	struct drv *drv = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = drv_alloc_page(drv);
		if (!dpage)
			continue;
		if (drv_copy(drv, dpage, migrate_pfn_to_page(src[i]))) {
			unlock_page(dpage);
			put_page(dpage);
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void drv_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct drv *drv = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		if (src[i] & MIGRATE_PFN_MIGRATE)
			drv_map(drv, start + (i << PAGE_SHIFT), migrate_pfn_to_page(dst[i]));
	}
}

static const struct migrate_vma_ops drv_move_in_ops = {
	.alloc_and_copy = drv_alloc_and_copy,
	.finalize_and_map = drv_finalize_and_map,
};

/* The caller holds the mmap lock; the range is page aligned and has at most 64 pages. */
int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		unsigned long end)
{
	unsigned long src[64], dst[64];

	return migrate_vma(&drv_move_in_ops, vma, start, end, src, dst, drv);
}
