// SPDX-License-Identifier: GPL-2.0-only
/* migrate_vma_setup() calls the driver's own notifier. */
/* target: 7.2 */
#include <linux/mmu_notifier.h>
#include <linux/mutex.h>

#include "../drv.h"

struct mirror {
	struct mmu_interval_notifier notifier;
	struct mutex lock;
};

bool drv_invalidate(struct mmu_interval_notifier *mni, const struct mmu_notifier_range *range,
		    unsigned long seq)
{
	struct mirror *mirror = container_of(mni, struct mirror, notifier);

	mutex_lock(&mirror->lock);
	mmu_interval_set_seq(mni, seq);
	mutex_unlock(&mirror->lock);
	return true;
}

int held_over_the_setup(struct drv *drv, struct mirror *mirror, struct migrate_vma *args)
{
	int ret;

	mutex_lock(&mirror->lock);
	ret = migrate_vma_setup(args); /* wrong: notifier-lock */
	if (ret) {
		mutex_unlock(&mirror->lock);
		return ret;
	}
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	mutex_unlock(&mirror->lock);
	return 0;
}
