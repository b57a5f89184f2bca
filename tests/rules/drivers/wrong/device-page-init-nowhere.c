// SPDX-License-Identifier: GPL-2.0-only
/* However pages are taken into use: since 6.1 zone_device_page_init() is part of it. */
/* target: 6.1 */
#include "../drv.h"

static struct page *take(struct list_head *free)
{
	struct page *page = list_first_entry_or_null(free, struct page, lru); /* wrong: device-page-init */

	if (!page || !trylock_page(page))
		return NULL;
	list_del(&page->lru);
	set_page_count(page, 1);
	return page;
}

int move_in(struct drv *drv, struct list_head *free, struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma,
		.start = addr,
		.end = addr + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	struct page *page;
	int ret;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	page = take(free);
	if (page) {
		copy_highpage(page, migrate_pfn_to_page(src));
		dst = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
