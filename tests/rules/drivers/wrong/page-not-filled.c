// SPDX-License-Identifier: GPL-2.0-only
/* A page that goes into dst with what it held before. */
/* target: 7.2 */
#include "../drv.h"

void allocated_and_nothing_else(struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = alloc_page(GFP_HIGHUSER);
		if (!page)
			continue;
		lock_page(page);
		args->dst[i] = migrate_pfn(page_to_pfn(page)); /* wrong: page-not-filled */
	}
}

unsigned long of_a_word(struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, addr);

	if (!page)
		return 0;
	lock_page(page);
	return migrate_pfn(page_to_pfn(page)); /* wrong: page-not-filled */
}

void copied_where_there_is_something(struct page *to, struct page *from)
{
	if (from)
		copy_highpage(to, from);
	else
		; /* wrong: page-not-filled */
}

void cleared_where_there_is_nothing(struct page *to, struct page *from)
{
	if (from) { /* wrong: page-not-filled */
	} else {
		clear_highpage(to);
	}
}
