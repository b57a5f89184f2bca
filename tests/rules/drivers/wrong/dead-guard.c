// SPDX-License-Identifier: GPL-2.0-only
/* CONFIG_MIGRATE_VMA_HELPER is gone: what it guards is never compiled again. */
/* target: 7.2 */
#include "../drv.h"

#if defined(CONFIG_MIGRATE_VMA_HELPER) /* wrong: dead-guard */
int all_is_guarded(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
#else
int all_is_guarded(struct drv *drv, struct migrate_vma *args)
{
	return -EOPNOTSUPP;
}
#endif

int only_the_steps_are_guarded(struct drv *drv, struct migrate_vma *args)
{
	int ret = -EOPNOTSUPP;

#ifdef CONFIG_MIGRATE_VMA_HELPER /* wrong: dead-guard */
	ret = migrate_vma_setup(args);
	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
#endif
	return ret;
}

#ifndef CONFIG_MIGRATE_VMA_HELPER
int no_support(struct drv *drv)
{
	return -EOPNOTSUPP;
}
#elif IS_ENABLED(CONFIG_MIGRATE_VMA_HELPER) && defined(CONFIG_MMU) /* wrong: dead-guard */
int second_arm(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
#endif
