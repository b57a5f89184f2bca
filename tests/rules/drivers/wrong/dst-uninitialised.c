// SPDX-License-Identifier: GPL-2.0-only
/* Nobody clears dst for migrate_device_pages(). */
/* target: 7.2 */
#include "../drv.h"

void array_on_the_stack(struct drv *drv, unsigned long first)
{
	unsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES]; /* wrong: dst-uninitialised */
	unsigned long i;

	migrate_device_range(src, first, DRV_CHUNK_PAGES);
	for (i = 0; i < DRV_CHUNK_PAGES; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = drv_copy_one(drv, src[i]);
	migrate_device_pages(src, dst, DRV_CHUNK_PAGES);
	migrate_device_finalize(src, dst, DRV_CHUNK_PAGES);
}

int array_that_is_not_zeroed(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvmalloc_array(npages, sizeof(*dst), GFP_KERNEL); /* wrong: dst-uninitialised */
	unsigned long i;

	migrate_device_range(src, first, npages);
	for (i = 0; i < npages; i++) {
		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dst[i] = drv_copy_one(drv, src[i]);
	}
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
	kvfree(src);
	kvfree(dst);
	return 0;
}
