// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: mmap-lock-dropped
// It lets go of the mmap lock while it copies.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		mmap_read_unlock(mm);
		fill_dst();
		mmap_read_lock(mm);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
