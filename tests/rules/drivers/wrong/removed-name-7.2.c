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

/* The pagemap of a page has been behind a function since 6.15. */
void *owner_of_page(struct page *page)
{
	return page->pgmap->owner; /* wrong: removed-name */
}

void *owner_of_the_page_that_faulted(struct vm_fault *vmf)
{
	return vmf->page->pgmap->owner; /* wrong: removed-name */
}

void *owner_of_source(unsigned long src)
{
	return migrate_pfn_to_page(src)->pgmap->owner; /* wrong: removed-name */
}

int success_of_a_callback(void)
{
	return MIGRATEPAGE_SUCCESS; /* wrong: removed-name */
}
