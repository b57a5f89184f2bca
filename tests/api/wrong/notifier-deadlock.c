// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.5
// Caught as: deadlock
// It holds the lock that its notifier takes, and setup calls the notifier.
#include "base.h"

static DEFINE_MUTEX(device_lock);
static struct mmu_interval_notifier notifier;

static bool invalidate(struct mmu_interval_notifier *sub, const struct mmu_notifier_range *range,
		       unsigned long sequence)
{
	mutex_lock(&device_lock);
	mmu_interval_set_seq(sub, sequence);
	mutex_unlock(&device_lock);
	return true;
}

static const struct mmu_interval_notifier_ops notifier_ops = {
	.invalidate = invalidate,
};

static long move(struct mm_struct *mm, unsigned long start)
{
	struct migrate_vma args;

	mmap_read_lock(mm);
	args = migration(find_vma(mm, start), start, NPAGES, true);
	mmu_interval_notifier_insert(&notifier, mm, start, PAGE_SIZE, &notifier_ops);
	mutex_lock(&device_lock);
	if (!migrate_vma_setup(&args) && args.cpages) {
		migrate_vma_finalize(&args);
	}
	mutex_unlock(&device_lock);
	mmap_read_unlock(mm);
	return 0;
}
