// SPDX-License-Identifier: GPL-2.0-only
/* Going back over what was taken, down to the first one. */
/* target: 7.2 */
#include "../drv.h"

int stops_at_one(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		args->dst[i] = drv_copy_one(drv, args->src[i]);
		if (!args->dst[i])
			break;
	}
	if (i < args->npages) {
		while (--i > 0) { /* wrong: unwind-short */
			drv_forget(drv, args->dst[i]);
			args->dst[i] = 0;
		}
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int the_same_as_for(struct drv *drv, struct migrate_vma *args)
{
	long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		args->dst[i] = drv_copy_one(drv, args->src[i]);
		if (!args->dst[i])
			break;
	}
	if (i < args->npages) {
		for (i = i - 1; i > 0; i--) { /* wrong: unwind-short */
			drv_forget(drv, args->dst[i]);
			args->dst[i] = 0;
		}
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
