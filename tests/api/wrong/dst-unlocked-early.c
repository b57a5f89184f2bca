// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: dst-freed
// It unlocks a page when the copy is done, and leaves it in dst.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		unlock_page(migrate_pfn_to_page(dst[3]));
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
