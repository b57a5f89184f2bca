// SPDX-License-Identifier: GPL-2.0-only
/* MIGRATE_PFN_MIGRATE tells what has migrated only after migrate_vma_pages(). */
/* target: 7.2 */
#include "../drv.h"

unsigned long counted_where_paths_meet(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i, moved = 0;

	if (migrate_vma_setup(args))
		return 0;
	if (drv_start_copy(drv))
		goto finalize;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
finalize:
	for (i = 0; i < args->npages; i++) {
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			moved++; /* wrong: counted-without-pages */
	}
	migrate_vma_finalize(args);
	return moved;
}

void counted_at_the_very_end(struct drv *drv, struct migrate_vma *args)
{
	if (migrate_vma_setup(args))
		return;
	migrate_vma_finalize(args);
	if ((args->src[0] & MIGRATE_PFN_MIGRATE) && args->cpages)
		drv->moved += 1; /* wrong: counted-without-pages */
}

static unsigned long count_moved(const struct migrate_vma *args)
{
	unsigned long i, moved = 0;

	for (i = 0; i < args->npages; i++)
		moved += !!(args->src[i] & MIGRATE_PFN_MIGRATE);
	return moved;
}

unsigned long counted_by_a_helper(struct drv *drv, struct migrate_vma *args)
{
	unsigned long moved;

	if (migrate_vma_setup(args))
		return 0;
	if (!drv_start_copy(drv)) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
	}
	moved = count_moved(args); /* wrong: counted-without-pages */
	migrate_vma_finalize(args);
	return moved;
}
