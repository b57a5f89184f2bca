// SPDX-License-Identifier: GPL-2.0-only
/* An option that is gone may still stand around code for the kernels that had it. */
/* target: 7.2 */
#include "../drv.h"

#ifdef CONFIG_MIGRATE_VMA_HELPER
int both_apis(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return migrate_vma(&drv_ops, vma, start, end, drv->src, drv->dst, drv);
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

#if defined(CONFIG_MIGRATE_VMA_HELPER) || defined(CONFIG_DEVICE_PRIVATE)
int either_option(struct drv *drv, struct migrate_vma *args)
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

/* migrate-vma: allow dead-guard */
#ifdef CONFIG_MIGRATE_VMA_HELPER
int somebody_knows(struct drv *drv, struct migrate_vma *args)
{
	return migrate_vma_setup(args) ? -EIO : 0;
}
#endif
