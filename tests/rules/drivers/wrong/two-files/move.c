// SPDX-License-Identifier: GPL-2.0-only
/* A migration that is set up here and finished, or not, in copy.c. */
#include "../../drv.h"
#include "copy.h"

int drv_move_in(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	return drv_copy_and_finish(drv, &args);
}
