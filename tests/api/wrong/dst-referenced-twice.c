// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: dst-referenced
// It keeps a reference of its own on a page that it gives away.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct page *page = NULL;
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		page = migrate_pfn_to_page(dst[1]);
		get_page(page);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	if (page)
		put_page(page);
	return 0;
}
