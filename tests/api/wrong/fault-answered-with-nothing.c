// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: fault-loop
// It answers a fault with success and leaves the page on the device.
#define OWN_MIGRATE_TO_RAM
#include "base.h"

static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	return 0;
}

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args) && args.cpages) {
		fill_dst();
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
