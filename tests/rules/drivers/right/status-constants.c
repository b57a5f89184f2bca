// SPDX-License-Identifier: GPL-2.0-only
/* The driver's own constants say whether there was an error, and loops of helpers change nothing. */
/* target: 7.2 */
#include "../drv.h"

int status_is_an_enumerator(struct drv *drv, struct migrate_vma *args)
{
	enum drv_status status = DRV_OK;
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = drv_get_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	status = drv_try_copy(drv, page, args->src[0]);
	if (status != DRV_OK) {
		unlock_page(page);
		put_page(page);
		args->dst[0] = 0;
	}
	if (status == DRV_OK)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return status;
}

int status_is_set_by_the_function(struct drv *drv, struct migrate_vma *args)
{
	enum drv_status status = DRV_OK;
	struct page *page;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = drv_get_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	if (drv_copy(drv, page, args->src[0])) {
		unlock_page(page);
		put_page(page);
		args->dst[0] = 0;
		status = DRV_BROKEN;
	}
	if (DRV_OK == status)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return status;
}

static int copy_all(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++)
		if (drv_wants(drv, args->src[i]))
			return -EIO;
	return 0;
}

int helper_leaves_its_loop(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = drv_get_page(drv);
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	ret = copy_all(drv, args);
	if (ret) {
		unlock_page(page);
		put_page(page);
		args->dst[0] = 0;
	}
	if (!ret)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}
