// SPDX-License-Identifier: GPL-2.0-only
/* The core reads src and dst until migrate_vma_finalize() has returned. */
/* target: 7.2 */
#include "../drv.h"

int freed_before_finalize(struct drv *drv, struct vm_area_struct *vma, unsigned long npages)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = drv->start,
		.end = drv->end,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	args.src = kcalloc(npages, sizeof(*args.src), GFP_KERNEL);
	args.dst = kcalloc(npages, sizeof(*args.dst), GFP_KERNEL);
	if (!args.src || !args.dst) {
		kfree(args.src);
		kfree(args.dst);
		return -ENOMEM;
	}
	ret = migrate_vma_setup(&args);
	if (!ret) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		kfree(args.src); /* wrong: arrays-freed */
		migrate_vma_finalize(&args);
	} else {
		kfree(args.src);
	}
	kfree(args.dst);
	return ret;
}

int freed_by_the_name_of_a_variable(struct drv *drv, struct migrate_vma *args,
				    unsigned long npages)
{
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	int ret;

	args->dst = dst;
	ret = migrate_vma_setup(args);
	if (ret)
		goto out;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	kvfree(dst); /* wrong: arrays-freed */
	migrate_vma_finalize(args);
	return 0;
out:
	kvfree(dst);
	return ret;
}
