// SPDX-License-Identifier: GPL-2.0-only
// Since: 5.5
// Caught as: notifier-left-behind
// It drops the address space that its notifier is for, and not the notifier.
#include <linux/sched/mm.h>

#include "base.h"

static struct mmu_interval_notifier notifier;

static bool invalidate(struct mmu_interval_notifier *sub, const struct mmu_notifier_range *range,
		       unsigned long sequence)
{
	return true;
}

static const struct mmu_interval_notifier_ops notifier_ops = {
	.invalidate = invalidate,
};

static long move(struct mm_struct *mm, unsigned long start)
{
	if (mmu_interval_notifier_insert(&notifier, mm, start, PAGE_SIZE, &notifier_ops))
		return -ENOMEM;
	mmdrop(mm);
	return 0;
}
