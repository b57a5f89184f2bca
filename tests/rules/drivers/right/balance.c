// SPDX-License-Identifier: GPL-2.0-only
/* Locks that are given back in another way than the shortest. */
/* target: 7.2 */
#include "../drv.h"

int condition_belongs_to_the_lock(struct drv *drv, struct mm_struct *mm, bool lock)
{
	if (lock)
		mmap_read_lock(mm);
	drv->moved++;
	if (lock)
		mmap_read_unlock(mm);
	return 0;
}

int lock_that_may_fail(struct drv *drv, struct mm_struct *mm)
{
	int ret = mmap_read_lock_killable(mm);

	if (ret)
		return ret;
	drv->moved++;
	mmap_read_unlock(mm);
	return 0;
}

int dropped_and_taken_again(struct drv *drv, struct mm_struct *mm)
{
	mmap_read_lock(mm);
	while (!drv_wants(drv, 0)) {
		mmap_read_unlock(mm);
		drv_wait(drv);
		mmap_read_lock(mm);
	}
	mmap_read_unlock(mm);
	return 0;
}

void one_page_after_the_other(struct drv *drv, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(dst[i]);

		if (!page)
			continue;
		unlock_page(page);
		put_page(page);
		dst[i] = 0;
	}
}

void lock_for_the_caller(struct mm_struct *mm)
{
	mmap_read_lock(mm);
}
