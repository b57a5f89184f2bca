// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: range-reversed
// It has mixed up the start and the end of the range.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	args.start = start + 3 * PAGE_SIZE;
	args.end = start + PAGE_SIZE;
	if (!migrate_vma_setup(&args) && args.cpages)
		migrate_vma_finalize(&args);
	mmap_read_unlock(mm);
	return 0;
}
