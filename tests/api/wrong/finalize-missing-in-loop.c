// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: finalize-missing fault-during-migration leak
// It goes on with the next chunk when one fails.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	for (unsigned long i = 0; i < NPAGES; i++) {
		args = migration(find_vma(mm, start), start + i * PAGE_SIZE, 1, true);
		if (migrate_vma_setup(&args) || !args.cpages || i == 0)
			continue;
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
