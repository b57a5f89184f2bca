// SPDX-License-Identifier: GPL-2.0-only
/* What is not in dst does not migrate. */
/* target: 7.2 */
#include "../drv.h"

static bool wanted(struct drv *drv, const unsigned long *src, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++)
		if (!drv_wants(drv, src[i]))
			return false;
	return true;
}

int copied_and_not_written_down(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: dst-never-filled */

	if (ret)
		return ret;
	drv_copy_one(drv, args->src[0]);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int only_looked_at(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: dst-never-filled */

	if (ret)
		return ret;
	if (wanted(drv, args->src, args->npages))
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int written_to_a_copy(struct drv *drv, struct vm_area_struct *vma)
{
	unsigned long src = 0, dst = 0, copy;
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_start + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args); /* wrong: dst-never-filled */

	if (ret)
		return ret;
	copy = drv_copy_one(drv, src);
	drv_forget(drv, copy);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int cleared_only(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args); /* wrong: dst-never-filled */

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++)
		args->dst[i] = 0;
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int of_device_pages(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	unsigned long i;

	migrate_device_range(src, first, npages); /* wrong: dst-never-filled */
	for (i = 0; i < npages; i++)
		drv_copy_one(drv, src[i]);
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
	kvfree(src);
	kvfree(dst);
	return 0;
}
