// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: after-failed-setup
// It does not look at what setup returns.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	args.end = args.start;
	migrate_vma_setup(&args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	mmap_read_unlock(mm);
	return 0;
}
