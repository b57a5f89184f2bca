// SPDX-License-Identifier: GPL-2.0-only
/* Ways to fill in struct migrate_vma. */
/* target: 6.1 */
#include "../drv.h"

static int move(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret || !args->cpages)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int zeroed_by_memset(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args;

	memset(&args, 0, sizeof(args));
	args.vma = vma;
	args.start = vma->vm_start;
	args.end = vma->vm_end;
	args.src = drv->src;
	args.dst = drv->dst;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	return move(drv, &args);
}

int assigned_as_a_whole(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args;

	args = (struct migrate_vma){
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	return move(drv, &args);
}

int copied_from_another(struct drv *drv, const struct migrate_vma *template)
{
	struct migrate_vma args = *template;

	return move(drv, &args);
}

static void set_range(struct migrate_vma *args, struct vm_area_struct *vma)
{
	args->vma = vma;
	args->start = vma->vm_start;
	args->end = vma->vm_end;
}

int set_by_a_helper(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {};

	set_range(&args, vma);
	args.src = drv->src;
	args.dst = drv->dst;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	return move(drv, &args);
}

int direction_is_chosen(struct drv *drv, struct vm_area_struct *vma, bool coherent)
{
	struct migrate_vma args = { 0 };

	set_range(&args, vma);
	args.src = drv->src;
	args.dst = drv->dst;
	args.pgmap_owner = drv;
	if (coherent)
		args.flags = MIGRATE_VMA_SELECT_DEVICE_COHERENT;
	else
		args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	return move(drv, &args);
}

int direction_is_a_parameter(struct drv *drv, struct vm_area_struct *vma, unsigned long flags)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = flags,
	};

	return move(drv, &args);
}

int one_page_by_name(struct drv *drv, struct vm_area_struct *vma)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = { 0 };

	args.vma = vma;
	args.start = 0;
	args.end = PAGE_SIZE;
	args.src = &src;
	args.dst = &dst;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	return move(drv, &args);
}

static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address,
		.end = vmf->address + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page = vmf->page,
	};

	return move(drv, &args) ? VM_FAULT_SIGBUS : 0;
}

const struct dev_pagemap_ops drv_pagemap_ops = {
	.migrate_to_ram = migrate_to_ram,
};

/* A fault of another kind, which brings pages to the device. */
vm_fault_t ordinary_fault(struct vm_fault *vmf)
{
	struct drv *drv = vmf->vma->vm_private_data;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address,
		.end = vmf->address + PAGE_SIZE,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};

	return move(drv, &args) ? VM_FAULT_SIGBUS : 0;
}

void device_range(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	unsigned long i;

	migrate_device_range(src, first, npages);
	for (i = 0; i < npages; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = drv_copy_one(drv, src[i]);
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
	kvfree(src);
	kvfree(dst);
}

int without_a_name(struct drv *drv, struct vm_area_struct *vma)
{
	return move(drv, &(struct migrate_vma){
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	});
}
