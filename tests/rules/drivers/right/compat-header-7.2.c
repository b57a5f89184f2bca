// SPDX-License-Identifier: GPL-2.0-only
/* A header of the driver brings what the kernel has no more. */
/* target: 7.2 */
#include "../compat.h"
#include "../drv.h"

unsigned long name_of_an_earlier_kernel(struct page *page)
{
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED;
}
