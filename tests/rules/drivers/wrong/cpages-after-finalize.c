// SPDX-License-Identifier: GPL-2.0-only
/* Up to Linux 5.9 migrate_vma_finalize() counts cpages down. */
/* target: 5.9 */
#include "../drv.h"

long cpages_is_returned(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return args->cpages; /* wrong: cpages-after-finalize */
}

void cpages_is_added_up(struct drv *drv, struct vm_area_struct *vma)
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

	if (migrate_vma_setup(&args) || !args.cpages)
		return;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	drv->moved += args.cpages; /* wrong: cpages-after-finalize */
}
