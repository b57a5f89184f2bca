// SPDX-License-Identifier: GPL-2.0-only
/* Since 6.1 zone_device_page_init() takes a free device page into use. */
/* target: 6.1 */
#include "../drv.h"

struct page *only_locks(struct drv *drv)
{
	struct page *page = drv->free_pages;

	if (page) {
		drv->free_pages = page->zone_device_data;
		lock_page(page); /* wrong: device-page-init */
	}
	return page;
}
