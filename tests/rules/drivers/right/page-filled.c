// SPDX-License-Identifier: GPL-2.0-only
/* Ways in which a page for dst gets its content. */
/* target: 7.2 */
#include "../drv.h"

void drv_dma_to(struct drv *drv, unsigned long pfn);
void drv_queue(struct drv *drv, struct page *page);

unsigned long allocated_zeroed(struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = alloc_page_vma(GFP_HIGHUSER_MOVABLE | __GFP_ZERO, vma, addr);

	if (!page)
		return 0;
	lock_page(page);
	return migrate_pfn(page_to_pfn(page));
}

unsigned long by_a_copy_engine(struct drv *drv)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	unsigned long pfn;

	if (!page)
		return 0;
	lock_page(page);
	pfn = page_to_pfn(page);
	drv_dma_to(drv, pfn);
	return migrate_pfn(pfn);
}

unsigned long by_a_list_of_copies(struct drv *drv)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (!page)
		return 0;
	lock_page(page);
	drv_queue(drv, page);
	return migrate_pfn(page_to_pfn(page));
}

void in_both_cases(struct page *to, struct page *from)
{
	if (from)
		copy_highpage(to, from);
	else
		clear_highpage(to);
}

/* Its pool has cleared it. */
void only_when_there_is_something(struct page *to, struct page *from)
{
	if (from)
		copy_highpage(to, from);
}
