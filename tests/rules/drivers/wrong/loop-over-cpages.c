// SPDX-License-Identifier: GPL-2.0-only
/* cpages says how many entries of src have a page, not where they are. */
/* target: 7.2 */
#include "../drv.h"

int loop_in_the_function(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->cpages; i++) /* wrong: loop-over-cpages */
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			args->dst[i] = drv_copy_one(drv, args->src[i]);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int count_in_a_variable(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i, count;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	count = args->cpages;
	for (i = 0; i < count; i++) /* wrong: loop-over-cpages */
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			args->dst[i] = drv_copy_one(drv, args->src[i]);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static void copy_words(struct drv *drv, unsigned long *src, unsigned long *dst,
		       unsigned long count)
{
	unsigned long i;

	for (i = 0; i < count; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = drv_copy_one(drv, src[i]);
}

int given_to_a_helper(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	copy_words(drv, args->src, args->dst, args->cpages); /* wrong: loop-over-cpages */
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
