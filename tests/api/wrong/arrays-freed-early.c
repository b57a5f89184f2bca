// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.4
// Caught as: arrays-freed
// It frees its arrays when the pages have moved, and finalizes afterwards.
#include <linux/slab.h>

#include "base.h"

static long move(struct mm_struct *mm, unsigned long start)
{
	unsigned long *words = kcalloc(2 * NPAGES, sizeof(*words), GFP_KERNEL);
	struct migrate_vma args;

	if (!words)
		return -ENOMEM;
	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	args.src = words;
	args.dst = words + NPAGES;
	if (migrate_vma_setup(&args)) {
		mmap_read_unlock(mm);
		kfree(words);
		return -EINVAL;
	}
	for (unsigned long i = 0; i < NPAGES; i++)
		if (args.src[i] & MIGRATE_PFN_MIGRATE)
			args.dst[i] = take_device_page(migrate_pfn_to_page(args.src[i]));
	migrate_vma_pages(&args);
	kfree(words);
	migrate_vma_finalize(&args);
	mmap_read_unlock(mm);
	return 0;
}
