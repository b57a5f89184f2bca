// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#define EVICT_AT_ONCE	16

/* Takes up to EVICT_AT_ONCE pages out of the device's memory: those that were used least. */
void drv_evict_some(struct drv *drv, struct page *const *victims, unsigned long npages)
{
	unsigned long src[EVICT_AT_ONCE], dst[EVICT_AT_ONCE] = { 0 };
	unsigned long i;

	for (i = 0; i < npages; i++)
		src[i] = page_to_pfn(victims[i]);

	migrate_device_pfns(src, npages);
	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = alloc_page(GFP_HIGHUSER_MOVABLE);
		if (!dpage)
			continue;
		lock_page(dpage);
		if (drv_copy(drv, dpage, migrate_pfn_to_page(src[i]))) {
			unlock_page(dpage);
			put_page(dpage);
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
}
