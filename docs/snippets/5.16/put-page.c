// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

/* Whether the driver's page_free() is called when the last user of @page lets go. */
bool drv_hears_of_it(struct page *page)
{
	return page_is_devmap_managed(page) && page->pgmap == &drv.pagemap;
}
