// SPDX-License-Identifier: GPL-2.0-only
/* Since 6.1 every migration from migrate_to_ram() names the page that faulted. */
/* target: 6.1 */
#include "../drv.h"

static int move_out(struct drv *drv, struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma,
		.start = addr,
		.end = addr + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */

	if (ret)
		return ret;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

static vm_fault_t handler_calls_it(struct vm_fault *vmf)
{
	if (move_out(drv_of_page(vmf->page), vmf->vma, vmf->address))
		return VM_FAULT_SIGBUS;
	return 0;
}

const struct dev_pagemap_ops drv_pagemap_ops = {
	.migrate_to_ram = handler_calls_it,
};

vm_fault_t handler_of_another_file(struct vm_fault *vmf)
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
	};

	if (migrate_vma_setup(&args)) /* wrong: member-missing */
		return VM_FAULT_SIGBUS;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
