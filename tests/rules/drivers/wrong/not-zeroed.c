// SPDX-License-Identifier: GPL-2.0-only
/* Members that nobody set hold garbage unless the struct was zeroed. */
/* target: 6.1 */
#include "../drv.h"

int members_of_an_older_kernel(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args;
	int ret;

	args.vma = vma;
	args.start = vma->vm_start;
	args.end = vma->vm_end;
	args.src = drv->src;
	args.dst = drv->dst;
	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&args); /* wrong: not-zeroed */
	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int memory_is_not_zeroed(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma *args = kmalloc(sizeof(*args), GFP_KERNEL);
	int ret;

	if (!args)
		return -ENOMEM;
	args->vma = vma;
	args->start = vma->vm_start;
	args->end = vma->vm_end;
	args->src = drv->src;
	args->dst = drv->dst;
	args->flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(args); /* wrong: not-zeroed */
	if (ret)
		goto free;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
free:
	kfree(args);
	return ret;
}
