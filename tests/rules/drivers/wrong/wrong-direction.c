// SPDX-License-Identifier: GPL-2.0-only
/* The fault handler brings device pages back, and selects them. */
/* target: 7.2 */
#include "../drv.h"

vm_fault_t selects_system_memory(struct vm_fault *vmf)
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
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
		.fault_page = vmf->page,
	};

	if (migrate_vma_setup(&args)) /* wrong: wrong-direction */
		return VM_FAULT_SIGBUS;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static int bring_back(struct drv *drv, struct vm_area_struct *vma, unsigned long addr,
		      struct page *fault_page)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = { 0 };

	args.vma = vma;
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	args.src = &src;
	args.dst = &dst;
	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	args.fault_page = fault_page;
	if (migrate_vma_setup(&args)) /* wrong: wrong-direction */
		return -EINVAL;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

vm_fault_t in_a_helper(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);

	if (bring_back(drv, vmf->vma, vmf->address, vmf->page))
		return VM_FAULT_SIGBUS;
	return 0;
}
