// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: sleep-in-atomic
// It holds a spinlock from setup to finalize, which sleep.
#include "base.h"

static DEFINE_SPINLOCK(device_lock);

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	spin_lock(&device_lock);
	if (!migrate_vma_setup(&args) && args.cpages)
		migrate_vma_finalize(&args);
	spin_unlock(&device_lock);
	mmap_read_unlock(mm);
	return 0;
}
