// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/err.h>
#include <linux/rmap.h>

/* Lets the device do an atomic operation on a page that stays in system memory. */
int drv_map_exclusive(struct drv *drv, struct mm_struct *mm, unsigned long addr)
{
	struct folio *folio;
	struct page *page;

	mmap_read_lock(mm);
	page = make_device_exclusive(mm, addr, drv, &folio);
	mmap_read_unlock(mm);
	if (IS_ERR(page))
		return PTR_ERR(page);

	/* The notifier hears MMU_NOTIFY_EXCLUSIVE when the CPU wants it back. */
	drv_map(drv, addr, page);
	folio_unlock(folio);
	folio_put(folio);
	return 0;
}
