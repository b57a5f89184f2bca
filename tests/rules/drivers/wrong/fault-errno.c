// SPDX-License-Identifier: GPL-2.0-only
/* A fault handler returns VM_FAULT_ values: the bits of a negative number mean something else. */
/* target: 7.2 */
#include "../drv.h"

vm_fault_t an_error_number(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);

	if (drv_start_copy(drv))
		return -EIO; /* wrong: fault-errno */
	return 0;
}

vm_fault_t what_the_setup_returned(struct vm_fault *vmf)
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
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret; /* wrong: fault-errno */
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
