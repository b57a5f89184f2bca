// SPDX-License-Identifier: GPL-2.0-only
/* Setup, pages, finalize: in this order, and each once. */
/* target: 7.2 */
#include "../drv.h"

int finalize_comes_first(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	migrate_vma_finalize(args);
	migrate_vma_pages(args); /* wrong: step-order */
	return 0;
}

int finalize_comes_twice(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	ret = drv_start_copy(drv);
	if (ret) {
		migrate_vma_finalize(args);
		goto out;
	}
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args); /* wrong: step-order */
	return ret;
}

int pages_comes_twice(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_pages(args); /* wrong: step-order */
	migrate_vma_finalize(args);
	return ret;
}

void nothing_was_set_up(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	migrate_vma_pages(&args); /* wrong: step-order */
	migrate_vma_finalize(&args); /* wrong: step-order */
}

static int never_set_up(struct drv *drv, struct migrate_vma *args)
{
	if (!args->cpages)
		return 0;
	drv_copy_in(drv, args);
	migrate_vma_pages(args); /* wrong: step-order */
	migrate_vma_finalize(args);
	return 0;
}

int struct_is_filled_and_handed_on(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	return never_set_up(drv, &args);
}
