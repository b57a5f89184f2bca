// SPDX-License-Identifier: GPL-2.0-only
/* dst is the driver's only until migrate_vma_pages(). */
/* target: 7.2 */
#include "../drv.h"

int losers_are_cleared(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	for (i = 0; i < args->npages; i++)
		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			args->dst[i] = 0; /* wrong: dst-written-late */
	migrate_vma_finalize(args);
	return 0;
}

static void finalize_and_map(struct drv *drv, const unsigned long *src, unsigned long *dst)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		drv->moved++;
	else
		*dst &= ~MIGRATE_PFN_VALID; /* wrong: dst-written-late */
}

int old_callback_clears(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	finalize_and_map(drv, args->src, args->dst);
	migrate_vma_finalize(args);
	return 0;
}

int array_is_made_ready_too_early(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	memset(args->dst, 0, args->npages * sizeof(*args->dst)); /* wrong: dst-written-late */
	migrate_vma_finalize(args);
	return 0;
}
