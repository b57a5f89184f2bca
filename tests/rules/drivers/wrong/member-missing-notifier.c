// SPDX-License-Identifier: GPL-2.0-only
/* A notifier that knows its own migrations by their owner needs it in both directions. */
/* target: 5.16 */
#include <linux/mmu_notifier.h>

#include "../drv.h"

bool drv_is_own(const struct mmu_notifier_range *range, struct drv *drv)
{
	return range->event == MMU_NOTIFY_MIGRATE && range->owner == drv;
}

int no_owner_towards_the_device(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */

	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
