// SPDX-License-Identifier: GPL-2.0-only
/* 5.18 to 6.0: a driver only locks it. */
/* target: 5.18 */
#include "../drv.h"

struct page *take_page(struct drv *drv)
{
	struct page *page = drv->free_pages;

	if (page) {
		drv->free_pages = page->zone_device_data;
		lock_page(page);
	}
	return page;
}
