// SPDX-License-Identifier: GPL-2.0-only
/* What stands in dst is overwritten: nobody has these pages any more. */
/* target: 7.2 */
#include "../drv.h"

static void fill(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page)
			continue;
		drv_copy(drv, page, args->src[i]);
		args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
}

int by_a_second_call(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(drv, args);
	fill(drv, args); /* wrong: dst-filled-twice */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int tried_again_without_giving_back(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(drv, args);
	if (drv_start_copy(drv))
		fill(drv, args); /* wrong: dst-filled-twice */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static void fill_one(struct drv *drv, unsigned long *dst)
{
	struct page *page = drv_get_locked_page(drv);

	if (page)
		*dst = migrate_pfn(page_to_pfn(page));
}

static int move(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret || !args->cpages)
		return ret;
	fill_one(drv, args->dst);
	fill_one(drv, args->dst); /* wrong: dst-filled-twice */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int in_a_helper(struct drv *drv, struct vm_area_struct *vma)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_start + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	return move(drv, &args);
}
