// SPDX-License-Identifier: GPL-2.0-only
/* Whoever sets a migration up has to finalize it. */
/* target: 7.2 */
#include "../drv.h"

int nobody_finalizes(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
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

	if (migrate_vma_setup(&args)) /* wrong: finalize-missing */
		return -EINVAL;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	return 0;
}

static void copy_and_move(struct drv *drv, struct migrate_vma *args)
{
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
}

int helper_does_not_finalize_either(struct drv *drv, struct vm_area_struct *vma)
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
	int ret = migrate_vma_setup(&args); /* wrong: finalize-missing */

	if (ret || !args.cpages)
		return ret;
	copy_and_move(drv, &args);
	return 0;
}

int each_turn_leaves_one_open(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = { 0 };
	unsigned long addr;
	int ret;

	args.vma = vma;
	args.src = drv->src;
	args.dst = drv->dst;
	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE) {
		args.start = addr;
		args.end = addr + PAGE_SIZE;
		ret = migrate_vma_setup(&args); /* wrong: finalize-missing */
		if (ret)
			return ret;
		migrate_vma_pages(&args);
	}
	return 0;
}

void device_pages_are_not_finalized(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	unsigned long i;

	migrate_device_range(src, first, npages); /* wrong: finalize-missing */
	for (i = 0; i < npages; i++)
		dst[i] = drv_copy_one(drv, src[i]);
	migrate_device_pages(src, dst, npages);
	kvfree(src);
	kvfree(dst);
}

static int only_a_table_knows_this_one(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: finalize-missing */

	if (ret || !args->cpages)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	return 0;
}

const struct drv_ways {
	int (*migrate)(struct drv *drv, struct migrate_vma *args);
} drv_ways[] = {
	{ only_a_table_knows_this_one },
};
