// SPDX-License-Identifier: GPL-2.0-only
/* Ways to give back a page that did not get into dst. */
/* target: 7.2 */
#include "../drv.h"

int unlocked_and_put(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv);
	if (!page)
		goto out;
	ret = drv_copy(drv, page, args->src[0]);
	if (ret) {
		unlock_page(page);
		put_page(page);
		goto out;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

static void give_back(struct drv *drv, struct page *page)
{
	drv_log(drv, 0);
	unlock_page(page);
	put_page(page);
}

int given_to_a_helper(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv);
	ret = drv_copy(drv, page, args->src[0]);
	if (ret)
		give_back(drv, page);
	else
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

int given_to_a_function_elsewhere(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv);
	if (IS_ERR(page))
		goto out;
	ret = drv_copy(drv, page, args->src[0]);
	if (ret) {
		drv_free_page(drv, page);
		goto out;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

int kept_for_the_next_time(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv);
	ret = drv_copy(drv, page, args->src[0]);
	if (ret)
		drv->kept = page;
	else
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

int written_through_a_word_of_its_own(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	unsigned long word;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_page(drv);
	word = migrate_pfn(page_to_pfn(page));
	drv_wait(drv);
	args->dst[0] = word;
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
