// SPDX-License-Identifier: GPL-2.0-only
/* A page in dst is given up by migrate_vma_finalize(), not by the driver. */
/* target: 7.2 */
#include "../drv.h"

int freed_and_left_in_dst(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	ret = drv_copy(drv, page, args->src[0]);
	if (ret) {
		unlock_page(page); /* wrong: dst-freed */
		put_page(page);
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

int freed_when_it_did_not_migrate(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	if (!(args->src[0] & MIGRATE_PFN_MIGRATE))
		__free_page(page); /* wrong: dst-freed */
	migrate_vma_finalize(args);
	return 0;
}

int unlocked_after_the_end(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	unlock_page(page); /* wrong: dst-freed */
	return 0;
}
