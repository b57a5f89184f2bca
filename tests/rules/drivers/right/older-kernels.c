// SPDX-License-Identifier: GPL-2.0-only
/* One driver for many kernels: what another kernel reads is no concern of this one. */
/* target: 5.4 */
#include "../drv.h"

#ifndef MIGRATE_PFN_LOCKED
#define MIGRATE_PFN_LOCKED 0
#endif

int one_for_all(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
#endif
	};
	struct page *page;
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	page = drv_get_locked_page(drv);
	if (page)
		args.dst[0] = migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
int both_apis(struct drv *drv, struct vm_area_struct *vma)
{
	return migrate_vma(&drv_ops, vma, vma->vm_start, vma->vm_end, drv->src, drv->dst, drv);
}
#else
int both_apis(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
#endif

#ifdef DRV_HAS_DEVICE_RANGE /* wrong: hidden-place */
void asked_by_a_configure_script(unsigned long *src, unsigned long *dst, unsigned long first)
{
	migrate_device_range(src, first, 1);
	migrate_device_pages(src, dst, 1);
	migrate_device_finalize(src, dst, 1);
}
#endif

/* All members of that kernel are set: nothing is left to garbage. */
int every_member_is_set(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args;

	args.vma = vma;
	args.start = vma->vm_start;
	args.end = vma->vm_end;
	args.src = drv->src;
	args.dst = drv->dst;
	if (migrate_vma_setup(&args))
		return -EINVAL;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
