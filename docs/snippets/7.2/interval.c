// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/mmu_notifier.h>
#include <linux/mutex.h>

/* A range of a program that the device has in its page tables. */
struct drv_range {
	struct mmu_interval_notifier notifier;
	struct mutex lock;		/* of the device's page tables */
	unsigned long start;
	unsigned long npages;
};

static bool drv_invalidate(struct mmu_interval_notifier *notifier,
			   const struct mmu_notifier_range *range, unsigned long cur_seq)
{
	struct drv_range *drv_range = container_of(notifier, struct drv_range, notifier);

	if (mmu_notifier_range_blockable(range))
		mutex_lock(&drv_range->lock);
	else if (!mutex_trylock(&drv_range->lock))
		return false;
	mmu_interval_set_seq(notifier, cur_seq);
	drv_unmap(range->start, range->end);
	mutex_unlock(&drv_range->lock);
	return true;
}

static const struct mmu_interval_notifier_ops drv_notifier_ops = {
	.invalidate = drv_invalidate,
};

int drv_watch(struct drv_range *range)
{
	mutex_init(&range->lock);
	return mmu_interval_notifier_insert(&range->notifier, current->mm, range->start,
					    range->npages << PAGE_SHIFT, &drv_notifier_ops);
}

void drv_unwatch(struct drv_range *range)
{
	mmu_interval_notifier_remove(&range->notifier);
	mutex_destroy(&range->lock);
}

/* Fills pages[] with what the range has now, and has the device use it. */
int drv_look(struct drv_range *range, struct page **pages)
{
	unsigned long seq, i;

again:
	seq = mmu_interval_read_begin(&range->notifier);
	for (i = 0; i < range->npages; i++) {
		/* Not worth while any more: begin again at once. */
		if (mmu_interval_check_retry(&range->notifier, seq))
			goto again;
		pages[i] = drv_find_page(range->start + (i << PAGE_SHIFT));
	}

	mutex_lock(&range->lock);
	if (mmu_interval_read_retry(&range->notifier, seq)) {
		mutex_unlock(&range->lock);
		goto again;
	}
	for (i = 0; i < range->npages; i++)
		drv_map(&drv, range->start + (i << PAGE_SHIFT), pages[i]);
	mutex_unlock(&range->lock);
	return 0;
}
