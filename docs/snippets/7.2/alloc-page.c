// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

/* A destination: locked, and with one reference. */
struct page *drv_take_page(struct drv *drv, unsigned long pfn)
{
	struct page *page = pfn_to_page(pfn);

	zone_device_page_init(page, &drv->pagemap, 0);
	page->zone_device_data = drv;
	return page;
}

/* Which device a page of device private memory is on. */
struct drv *drv_of_page(const struct page *page)
{
	return container_of(page_pgmap(page), struct drv, pagemap);
}
