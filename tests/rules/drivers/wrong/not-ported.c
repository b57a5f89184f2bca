// SPDX-License-Identifier: GPL-2.0-only
/* A driver that still has callbacks gets one message, not one for each name that is gone. */
/* target: 7.2 */
/* compiled: no */
#include "../drv.h"

static const struct migrate_vma_ops drv_ops = {
	.alloc_and_copy = drv_alloc_and_copy,
	.finalize_and_map = drv_finalize_and_map,
};

int callback_api(struct drv *drv, struct vm_area_struct *vma)
{
	int ret;

	if (drv->dst[0] == MIGRATE_PFN_ERROR)
		return -EIO;
	down_read(&vma->vm_mm->mmap_sem);
	ret = migrate_vma(&drv_ops, vma, vma->vm_start, /* wrong: not-ported */
			  vma->vm_end, drv->src, drv->dst, drv);
	up_read(&vma->vm_mm->mmap_sem);
	return ret;
}
