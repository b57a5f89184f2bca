// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

/* Takes every page out of the device's memory, whoever's it is.  No mmap lock is needed. */
int drv_evict_all(struct drv *drv)
{
	unsigned long *src, *dst, i;
	int ret = 0;

	src = kcalloc(drv->nr_pages, sizeof(*src), GFP_KERNEL);
	dst = kcalloc(drv->nr_pages, sizeof(*dst), GFP_KERNEL);
	if (!src || !dst) {
		ret = -ENOMEM;
		goto out;
	}

	migrate_device_range(src, drv->first_pfn, drv->nr_pages);
	for (i = 0; i < drv->nr_pages; i++) {
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
	migrate_device_pages(src, dst, drv->nr_pages);
	migrate_device_finalize(src, dst, drv->nr_pages);

out:
	kfree(dst);
	kfree(src);
	return ret;
}
