// SPDX-License-Identifier: GPL-2.0-only
/* A header of the driver brings what the kernel lacks. */
/* target: 5.4 */
/* compiled: no */
#include "../compat.h"
#include "../drv.h"

int name_of_a_later_kernel(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm);
	ret = migrate_vma_setup(args);
	if (!ret) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	mmap_read_unlock(mm);
	return ret;
}
