// SPDX-License-Identifier: GPL-2.0-only
/* Since 5.9 flags say what is collected, and device pages need their owner. */
/* target: 5.9 */
#include "../drv.h"

int no_flags(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */

	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int no_flags_on_one_path(struct drv *drv, struct vm_area_struct *vma, bool to_device)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
	};
	int ret;

	if (to_device)
		args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&args); /* wrong: member-missing */
	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int no_owner_of_device_pages(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */

	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static void give_arrays(struct drv *drv, struct migrate_vma *args)
{
	args->src = drv->src;
	args->dst = drv->dst;
}

int helper_sets_only_some(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = { 0 };
	int ret;

	give_arrays(drv, &args);
	args.vma = vma;
	args.start = vma->vm_start;
	args.end = vma->vm_end;
	ret = migrate_vma_setup(&args); /* wrong: member-missing */
	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static int move(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: member-missing */

	if (ret || !args->cpages)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int no_flags_in_a_struct_without_a_name(struct drv *drv, struct vm_area_struct *vma)
{
	return move(drv, &(struct migrate_vma){
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
	});
}
