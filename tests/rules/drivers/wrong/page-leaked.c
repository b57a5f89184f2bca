// SPDX-License-Identifier: GPL-2.0-only
/* A page that was taken is put into dst or given back on every path. */
/* target: 7.2 */
#include "../drv.h"

int lost_when_the_copy_fails(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv); /* wrong: page-leaked */
	ret = drv_copy(drv, page, args->src[0]);
	if (ret)
		goto out;
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

int lost_by_continue(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *page = alloc_page(GFP_HIGHUSER); /* wrong: page-leaked */

		if (!page)
			continue;
		lock_page(page);
		if (drv_copy(drv, page, args->src[i]))
			continue;
		args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static int copy_or_wait(struct drv *drv, struct page *page, unsigned long src)
{
	int ret = drv_copy(drv, page, src);

	if (ret)
		drv_wait(drv);
	return ret;
}

int lost_behind_a_helper_that_gives_nothing_back(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv); /* wrong: page-leaked */
	if (!page)
		goto out;
	ret = copy_or_wait(drv, page, args->src[0]);
	if (!ret)
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

int forgotten_in_dst(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = alloc_page(GFP_HIGHUSER); /* wrong: page-leaked */
	if (page) {
		lock_page(page);
		copy_highpage(page, migrate_pfn_to_page(args->src[0]));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
