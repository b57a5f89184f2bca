// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.5
// Caught as: notifier-left-behind
// It takes the end of the program for the last that its notifier hears, and frees it.
#include <linux/slab.h>

#include "base.h"

static bool invalidate(struct mmu_interval_notifier *sub, const struct mmu_notifier_range *range,
		       unsigned long sequence)
{
	if (range->event == MMU_NOTIFY_RELEASE)
		kfree(sub);
	return true;
}

static const struct mmu_interval_notifier_ops notifier_ops = {
	.invalidate = invalidate,
};

static long move(struct mm_struct *mm, unsigned long start)
{
	struct mmu_interval_notifier *sub = kzalloc(sizeof(*sub), GFP_KERNEL);

	if (!sub || mmu_interval_notifier_insert(sub, mm, start, PAGE_SIZE, &notifier_ops))
		return -ENOMEM;
	return 0;
}
