// SPDX-License-Identifier: GPL-2.0-only
/* 5.18 to 6.0: a free device page has a reference of its own already. */
/* target: 5.18 */
#include "../drv.h"

struct page *takes_a_second_reference(struct drv *drv)
{
	struct page *page = drv->free_pages;

	if (page) {
		drv->free_pages = page->zone_device_data;
		get_page(page); /* wrong: device-page-init */
		lock_page(page);
	}
	return page;
}
