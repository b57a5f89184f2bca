// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/rmap.h>

/* Lets the device do an atomic operation on a page that stays in system memory. */
int drv_map_exclusive(struct drv *drv, struct mm_struct *mm, unsigned long addr)
{
	struct page *page = NULL;
	int ret;

	mmap_read_lock(mm);
	ret = make_device_exclusive_range(mm, addr, addr + PAGE_SIZE, &page, drv);
	mmap_read_unlock(mm);
	if (ret < 0)
		return ret;
	if (!page)
		return -EBUSY;

	drv_map(drv, addr, page);
	unlock_page(page);
	put_page(page);
	return 0;
}
