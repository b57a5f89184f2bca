// SPDX-License-Identifier: GPL-2.0-only
/* The address space stays locked from the setup until finalize. */
/* target: 7.2 */
#include "../drv.h"

int dropped_before_finalize(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm);
	ret = migrate_vma_setup(args);
	if (ret) {
		mmap_read_unlock(mm);
		return ret;
	}
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	mmap_read_unlock(mm); /* wrong: mmap-lock-dropped */
	migrate_vma_finalize(args);
	return 0;
}

int dropped_while_the_device_copies(struct drv *drv, struct mm_struct *mm,
				    struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	mmap_write_unlock(mm); /* wrong: mmap-lock-dropped */
	drv_wait(drv);
	mmap_write_lock(mm);
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static void leave(struct mm_struct *mm)
{
	mmap_read_unlock(mm);
}

int not_seen_in_a_helper_without_args(struct mm_struct *mm, struct migrate_vma *args)
{
	if (migrate_vma_setup(args)) {
		leave(mm);
		return -EINVAL;
	}
	up_read(&mm->mmap_lock); /* wrong: mmap-lock-dropped */
	migrate_vma_finalize(args);
	return 0;
}
