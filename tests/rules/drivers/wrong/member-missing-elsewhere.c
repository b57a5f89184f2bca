// SPDX-License-Identifier: GPL-2.0-only
/* A struct that comes from elsewhere has no member that the whole driver does not name. */
/* target: 6.1 */
#include "../drv.h"

struct job {
	struct migrate_vma args;
	unsigned long src, dst;
};

static int begin(struct job *job, struct vm_area_struct *vma, unsigned long addr,
		 unsigned long flags)
{
	struct migrate_vma *args = &job->args;

	args->vma = vma;
	args->start = addr;
	args->end = addr + PAGE_SIZE;
	args->src = &job->src;
	args->dst = &job->dst;
	args->pgmap_owner = job;
	args->flags = flags;
	return migrate_vma_setup(args); /* wrong: member-missing */
}

static vm_fault_t come_back(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);

	if (!job)
		return VM_FAULT_OOM;
	if (!begin(job, vmf->vma, vmf->address, MIGRATE_VMA_SELECT_DEVICE_PRIVATE)) {
		job->dst = drv_copy_one(drv, job->src);
		migrate_vma_pages(&job->args);
		migrate_vma_finalize(&job->args);
	}
	kfree(job);
	return 0;
}

const struct dev_pagemap_ops drv_pagemap_ops = {
	.migrate_to_ram = come_back,
};
