// SPDX-License-Identifier: GPL-2.0-only
// Since: 6.1
// Caught as: device-page-init
// It takes a free device page with get_page(), as until 5.17.
#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	if (!migrate_vma_setup(&args)) {
		struct page *page = memory.free;

		memory.free = page->zone_device_data;
		memory.nr_free--;
		__module_get(THIS_MODULE);
		get_page(page);
		put_page(page);
		migrate_vma_finalize(&args);
	}
	mmap_read_unlock(mm);
	return 0;
}
