// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: dst-unlocked
// It moves within system memory, to pages that it has not locked.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		for (unsigned long i = 0; i < NPAGES; i++) {
			struct page *to = alloc_page(GFP_HIGHUSER);

			copy_highpage(to, migrate_pfn_to_page(src[i]));
			dst[i] = migrate_pfn(page_to_pfn(to)) | DST_LOCKED;
		}
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
