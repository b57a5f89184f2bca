// SPDX-License-Identifier: GPL-2.0-only
/* migrate_vma_setup() clears dst: pages are put there afterwards. */
/* target: 7.2 */
#include "../drv.h"

int page_is_ready_before(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = drv_get_locked_page(drv);
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma,
		.start = addr,
		.end = addr + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	dst = migrate_pfn(page_to_pfn(page)); /* wrong: dst-prefilled */
	if (migrate_vma_setup(&args))
		return -EINVAL;
	drv_copy(drv, page, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int pages_of_a_batch_are_ready_before(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_start + DRV_CHUNK,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i;

	for (i = 0; i < DRV_CHUNK_PAGES; i++) {
		struct page *page = drv_get_locked_page(drv);

		drv->dst[i] = migrate_pfn(page_to_pfn(page)); /* wrong: dst-prefilled */
	}
	if (migrate_vma_setup(&args))
		return -EINVAL;
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int in_the_declaration(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = drv_get_locked_page(drv);
	unsigned long src = 0;
	unsigned long dst = migrate_pfn(page_to_pfn(page)); /* wrong: dst-prefilled */
	struct migrate_vma args = {
		.vma = vma,
		.start = addr,
		.end = addr + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate_vma_setup(&args))
		return -EINVAL;
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
