// SPDX-License-Identifier: GPL-2.0-only
/* Names that Linux 5.9 no longer has. */
/* target: 5.9 */
/* compiled: no */
#include "../drv.h"

int owner_by_its_old_name(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.src_owner = drv, /* wrong: removed-name */
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	down_read(&vma->vm_mm->mmap_sem); /* wrong: removed-name */
	ret = migrate_vma_setup(&args);
	if (!ret) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	up_read(&vma->vm_mm->mmap_sem); /* wrong: removed-name */
	return ret;
}

int value_that_is_gone(struct drv *drv)
{
	return drv->dst[0] == MIGRATE_PFN_ERROR; /* wrong: removed-name */
}
