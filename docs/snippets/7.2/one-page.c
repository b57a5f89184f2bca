// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

/* Between setup and pages: gives one entry a destination, or leaves it where it is. */
void drv_move_entry(struct drv *drv, unsigned long src, unsigned long *dst)
{
	struct page *spage = migrate_pfn_to_page(src);
	struct page *dpage;

	if (!(src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = drv_alloc_page(drv);
	if (!dpage)
		return;
	/* Without a source page this clears the destination. */
	if (drv_copy(drv, dpage, spage)) {
		unlock_page(dpage);
		put_page(dpage);
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}
