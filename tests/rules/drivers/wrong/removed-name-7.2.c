// SPDX-License-Identifier: GPL-2.0-only
/* Names that Linux 7.2 no longer has. */
/* target: 7.2 */
/* compiled: no */
#include "../drv.h"

unsigned long flag_of_before_5_16(struct page *page)
{
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED; /* wrong: removed-name */
}

void init_with_one_argument(struct page *page)
{
	zone_device_page_init(page); /* wrong: removed-name */
}

static void drv_page_free(struct page *page)
{
	page->zone_device_data = NULL;
}

const struct dev_pagemap_ops drv_pagemap_ops = {
	.page_free = drv_page_free, /* wrong: removed-name */
};
