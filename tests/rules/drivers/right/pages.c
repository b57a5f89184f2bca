// SPDX-License-Identifier: GPL-2.0-only
/* Pages that are locked in time, and given up in time. */
/* target: 7.2 */
#include "../drv.h"

int locked_after_dst_is_written(struct migrate_vma *args)
{
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = alloc_page(GFP_HIGHUSER);
	if (page) {
		args->dst[0] = migrate_pfn(page_to_pfn(page));
		lock_page(page);
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static void prepare(struct drv *drv, struct page *page)
{
	lock_page(page);
	drv->moved++;
}

int locked_by_a_helper(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = alloc_page(GFP_HIGHUSER);
	if (page) {
		prepare(drv, page);
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static struct page *take_locked(struct drv *drv)
{
	struct page *page = drv_find_page(drv);

	if (page)
		zone_device_page_init(page, page_pgmap(page), 0);
	return page;
}

int locked_by_whom_it_comes_from(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = take_locked(drv);
	if (page)
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int locked_all_at_once(struct migrate_vma *args)
{
	unsigned long i;

	if (migrate_vma_setup(args))
		return -EINVAL;
	for (i = 0; i < args->npages; i++) {
		struct page *page = alloc_page(GFP_HIGHUSER | __GFP_ZERO);

		if (page)
			args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	for (i = 0; i < args->npages; i++)
		if (args->dst[i])
			lock_page(migrate_pfn_to_page(args->dst[i]));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int extra_reference_is_dropped(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = drv_get_locked_page(drv);
	get_page(page);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	drv_forget(drv, page_to_pfn(page));
	put_page(page);
	return 0;
}

int source_page_is_looked_at(struct drv *drv, struct migrate_vma *args)
{
	struct page *spage, *dpage;

	if (migrate_vma_setup(args))
		return -EINVAL;
	spage = migrate_pfn_to_page(args->src[0]);
	dpage = drv_get_locked_page(drv);
	if (spage)
		copy_highpage(dpage, spage);
	else
		clear_highpage(dpage);
	args->dst[0] = migrate_pfn(page_to_pfn(dpage));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
