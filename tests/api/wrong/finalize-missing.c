// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: finalize-missing fault-during-migration leak
// It returns when it finds that the device is broken.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		mmap_read_unlock(mm);
		return -EIO;
	}
	mmap_read_unlock(mm);
	return 0;
}
