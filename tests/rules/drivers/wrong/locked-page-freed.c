// SPDX-License-Identifier: GPL-2.0-only
/* A page is unlocked before it is given back. */
/* target: 7.2 */
#include "../drv.h"

int freed_as_it_is(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = alloc_page(GFP_HIGHUSER);
	if (page) {
		lock_page(page);
		if (drv_copy(drv, page, args->src[0]))
			__free_page(page); /* wrong: locked-page-freed */
		else
			args->dst[0] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int put_in_the_wrong_order(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = alloc_page(GFP_HIGHUSER);
	if (!page)
		goto out;
	lock_page(page);
	ret = drv_copy(drv, page, args->src[0]);
	if (ret) {
		put_page(page); /* wrong: locked-page-freed */
		unlock_page(page);
		goto out;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}
