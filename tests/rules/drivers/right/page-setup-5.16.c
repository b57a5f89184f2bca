// SPDX-License-Identifier: GPL-2.0-only
/* Up to 5.17 a driver takes a reference to a device page and locks it. */
/* target: 5.16 */
#include "../drv.h"

struct page *take_page(struct drv *drv)
{
	struct page *page = drv->free_pages;

	if (page) {
		drv->free_pages = page->zone_device_data;
		get_page(page);
		lock_page(page);
	}
	return page;
}
