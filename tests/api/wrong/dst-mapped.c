// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: dst-in-use
// It moves a page to one that the program has elsewhere.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;
	struct page *page;

	if (get_user_pages_fast(start + 3 * PAGE_SIZE, 1, 0, &page) != 1)
		return -EFAULT;
	lock_page(page);
	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES - 1, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		dst[0] = migrate_pfn(page_to_pfn(page)) | DST_LOCKED;
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	unlock_page(page);
	put_page(page);
	return 0;
}
