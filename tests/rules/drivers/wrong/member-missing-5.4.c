// SPDX-License-Identifier: GPL-2.0-only
/* What migrate_vma_setup() has needed from the beginning. */
/* target: 5.4 */
#include "../drv.h"

int no_dst(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
	};
	int ret = migrate_vma_setup(&args); /* wrong: member-missing */

	if (ret)
		return ret;
	migrate_vma_finalize(&args);
	return 0;
}

int arrays_are_null(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = { .src = NULL, .dst = NULL };
	int ret;

	args.vma = vma;
	args.start = vma->vm_start;
	args.end = vma->vm_end;
	ret = migrate_vma_setup(&args); /* wrong: member-missing */
	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
