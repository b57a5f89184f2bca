// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: user-access-inside lock-recursion fault-during-migration
// It copies from the range while the range migrates.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		char byte;

		fill_dst();
		if (copy_from_user(&byte, (void __user *)start, 1))
			pr_debug("no byte came\n");
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
