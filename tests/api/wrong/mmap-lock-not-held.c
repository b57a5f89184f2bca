// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: mmap-lock-not-held
// It never takes the mmap lock.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}
