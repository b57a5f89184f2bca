// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: src-written
// It notes in src what it has dealt with.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		migrate_vma_pages(&args);
		src[2] |= 1UL << 40;
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
