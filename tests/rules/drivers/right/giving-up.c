// SPDX-License-Identifier: GPL-2.0-only
/* Ways to give up after dst was filled. */
/* target: 7.2 */
#include "../drv.h"

int words_are_cleared_before_pages(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++)
		args->dst[i] = migrate_pfn(page_to_pfn(drv_get_locked_page(drv)));
	ret = drv_start_copy(drv);
	if (ret) {
		for (i = 0; i < args->npages; i++) {
			struct page *page = migrate_pfn_to_page(args->dst[i]);

			unlock_page(page);
			put_page(page);
			args->dst[i] = 0;
		}
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

int words_are_cleared_and_pages_left_out(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page)
			goto undo;
		args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
	goto finalize;
undo:
	ret = -ENOMEM;
	while (i--) {
		struct page *page = migrate_pfn_to_page(args->dst[i]);

		args->dst[i] = 0;
		unlock_page(page);
		put_page(page);
	}
finalize:
	migrate_vma_finalize(args);
	return ret;
}

int memset_clears_all(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	args->dst[0] = migrate_pfn(page_to_pfn(drv_get_locked_page(drv)));
	if (drv_start_copy(drv)) {
		drv_forget(drv, args->dst[0]);
		memset(args->dst, 0, args->npages * sizeof(*args->dst));
		goto finalize;
	}
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args);
	return 0;
}

int dst_itself_is_asked(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
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
	struct page *page;

	if (migrate_vma_setup(&args))
		return -EINVAL;
	page = drv_get_locked_page(drv);
	if (page)
		dst = migrate_pfn(page_to_pfn(page));
	drv_wait(drv);
	if (dst)
		migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return dst ? 0 : -ENOMEM;
}

static int fault_copy_one(struct drv *drv, struct migrate_vma *args)
{
	struct page *page = drv_get_locked_page(drv);

	if (!page)
		return -ENOMEM;
	if (drv_copy(drv, page, args->src[0])) {
		unlock_page(page);
		put_page(page);
		return -EIO;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	return 0;
}

int helper_fills_only_on_success(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
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
	int ret;

	if (migrate_vma_setup(&args))
		return -EINVAL;
	ret = fault_copy_one(drv, &args);
	if (ret || dst == 0)
		goto finalize;
	migrate_vma_pages(&args);
finalize:
	migrate_vma_finalize(&args);
	return ret;
}

int page_is_left_out(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		if (!drv_wants(drv, args->src[i]))
			args->src[i] &= ~MIGRATE_PFN_MIGRATE;
		else
			args->dst[i] = drv_copy_one(drv, args->src[i]);
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

unsigned long candidates_are_counted_before(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i, wanted = 0, moved = 0;

	if (migrate_vma_setup(args))
		return 0;
	for (i = 0; i < args->npages; i++)
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			wanted++;
	if (!wanted)
		goto finalize;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	for (i = 0; i < args->npages; i++)
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			moved++;
finalize:
	migrate_vma_finalize(args);
	return moved;
}
