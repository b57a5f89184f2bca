// SPDX-License-Identifier: GPL-2.0-only
/* The result of migrate_vma_setup() has to be looked at before the other two calls. */
/* target: 7.2 */
#include "../drv.h"

void result_is_thrown_away(struct drv *drv, struct migrate_vma *args)
{
	migrate_vma_setup(args); /* wrong: setup-result */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

void cpages_is_asked_instead(struct drv *drv, struct migrate_vma *args)
{
	(void)migrate_vma_setup(args); /* wrong: setup-result */
	if (!args->cpages)
		return;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

int result_is_only_returned(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: setup-result */

	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}

int result_is_overwritten(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args); /* wrong: setup-result */
	ret = drv_start_copy(drv);
	if (ret)
		goto finalize;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args);
	return ret;
}

int result_is_tested_too_late(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args); /* wrong: setup-result */

	migrate_vma_pages(args);
	if (ret)
		return ret;
	migrate_vma_finalize(args);
	return 0;
}

static int set_up(struct drv *drv, struct migrate_vma *args)
{
	args->flags = MIGRATE_VMA_SELECT_SYSTEM;
	args->pgmap_owner = drv;
	return migrate_vma_setup(args);
}

void result_of_a_helper_is_thrown_away(struct drv *drv, struct migrate_vma *args)
{
	set_up(drv, args); /* wrong: setup-result */
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

int another_result_is_tested(struct drv *drv, struct migrate_vma *args)
{
	int ret = drv_start_copy(drv);
	int err;

	err = migrate_vma_setup(args); /* wrong: setup-result */
	if (!ret) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
	}
	migrate_vma_finalize(args);
	return err;
}
