// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

void drv_map_moved(struct drv *drv, const struct migrate_vma *args);

int drv_batch_move(struct drv *drv, struct migrate_vma *args)
{
	unsigned long *words;
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	words = kcalloc(args->npages, sizeof(*words), GFP_KERNEL);
	if (!words)
		goto pages;
	/* ... gives the entries their destinations ... */
	kfree(words);

pages:
	migrate_vma_pages(args);
	drv_map_moved(drv, args);
	migrate_vma_finalize(args);
	return 0;
}
