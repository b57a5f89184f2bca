// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: dst-prefilled module-in-use leak device-page-leak
// It fills dst before setup, which clears it.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	dst[0] = take_device_page(NULL);
	if (!migrate_vma_setup(&args) && args.cpages) {
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
