// SPDX-License-Identifier: GPL-2.0-only
// Since: 6.1
// Caught as: finalize-missing fault-during-migration module-in-use leak device-page-leak
// It collects the pages of its device to empty it, and forgets to let go of them.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	migrate_device_range(src, page_to_pfn(migrate_pfn_to_page(dst[0])), 1);
	return 0;
}
