// SPDX-License-Identifier: GPL-2.0-only
/* A word of dst is made by migrate_pfn(): a bare frame number has no MIGRATE_PFN_VALID. */
/* target: 7.2 */
#include "../drv.h"

int frame_number_alone(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	drv_copy(drv, page, args->src[0]);
	args->dst[0] = page_to_pfn(page); /* wrong: dst-raw-number */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static void fill(struct drv *drv, unsigned long *dst, unsigned long npages)
{
	for (unsigned long i = 0; i < npages; i++) {
		struct page *page = drv_get_locked_page(drv);

		dst[i] = page_to_pfn(page) | MIGRATE_PFN_WRITE; /* wrong: dst-raw-number */
	}
}

int through_a_helper(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(drv, args->dst, args->npages);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
