// SPDX-License-Identifier: GPL-2.0-only
/* A flag that is gone is 0 in a header for all kernels: its old bit may mean something else. */
/* target: 7.2 */
#include "../drv.h"

#ifndef MIGRATE_PFN_LOCKED
#define MIGRATE_PFN_LOCKED (1UL << 2) /* wrong: flag-fallback */
#endif

#ifndef MIGRATE_PFN_DEVICE
#define MIGRATE_PFN_DEVICE (1UL << 4) /* wrong: flag-fallback */
#endif

unsigned long word_of(struct page *page)
{
	return migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
}
