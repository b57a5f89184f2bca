// SPDX-License-Identifier: GPL-2.0-only
/* 5.7 and 5.8: the way back to system memory needs src_owner. */
/* target: 5.7 */
#include "../drv.h"

static vm_fault_t no_src_owner(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address,
		.end = vmf->address + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
	};

	if (migrate_vma_setup(&args)) /* wrong: member-missing */
		return VM_FAULT_SIGBUS;
	dst = drv_copy_one(drv, src);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

const struct dev_pagemap_ops drv_pagemap_ops = {
	.migrate_to_ram = no_src_owner,
};
