// SPDX-License-Identifier: GPL-2.0-only
/* No path may leave between the setup and finalize. */
/* target: 7.2 */
#include "../drv.h"

int early_return(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	ret = drv_start_copy(drv);
	if (ret)
		return ret; /* wrong: return-inside */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int goto_past_the_end(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		goto out;
	ret = drv_start_copy(drv);
	if (ret)
		goto out; /* wrong: return-inside */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
out:
	drv_log(drv, ret);
	return ret;
}

int break_out_of_a_loop(struct drv *drv, struct vm_area_struct *vma)
{
	int ret = 0;
	unsigned long addr;

	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE) {
		struct migrate_vma args = {
			.vma = vma,
			.start = addr,
			.end = addr + PAGE_SIZE,
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		ret = drv_start_copy(drv);
		if (ret)
			break; /* wrong: return-inside */
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return ret;
}

int continue_with_the_next_page(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long addr;

	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE) {
		args.start = addr;
		args.end = addr + PAGE_SIZE;
		if (migrate_vma_setup(&args))
			return -EINVAL;
		if (!drv_wants(drv, args.src[0]))
			continue; /* wrong: return-inside */
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static int copy_and_finish(struct drv *drv, struct migrate_vma *args)
{
	int ret = drv_start_copy(drv);

	if (ret)
		return ret; /* wrong: return-inside */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int helper_gives_up(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
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
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	return copy_and_finish(drv, &args);
}

int one_case_of_a_switch(struct drv *drv, struct migrate_vma *args, int mode)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	switch (mode) {
	case 0:
		drv_copy_in(drv, args);
		break;
	case 1:
		return -EINVAL; /* wrong: return-inside */
	default:
		drv_wait(drv);
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

void finalize_only_when_something_moved(struct drv *drv, struct migrate_vma *args)
{
	if (migrate_vma_setup(args))
		return;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	if (args->src[0] & MIGRATE_PFN_MIGRATE)
		migrate_vma_finalize(args);
} /* wrong: return-inside */

void device_pages(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);

	migrate_device_range(src, first, npages);
	if (drv_start_copy(drv))
		goto free; /* wrong: return-inside */
	dst[0] = drv_copy_one(drv, src[0]);
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
free:
	kvfree(src);
	kvfree(dst);
}
