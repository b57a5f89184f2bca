// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.9
// Caught as: member-missing
// It selects device pages and does not say whose.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	args.pgmap_owner = NULL;
	if (!migrate_vma_setup(&args))
		migrate_vma_finalize(&args);
	mmap_read_unlock(mm);
	return 0;
}
