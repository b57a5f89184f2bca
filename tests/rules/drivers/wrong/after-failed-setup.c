// SPDX-License-Identifier: GPL-2.0-only
/* After a failed setup neither of the other two calls is made. */
/* target: 7.2 */
#include "../drv.h"

int error_path_is_shared(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		goto out;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args); /* wrong: after-failed-setup */
	return ret;
}

int test_is_the_wrong_way_round(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (!ret)
		return 0;
	drv_copy_in(drv, args);
	migrate_vma_pages(args); /* wrong: after-failed-setup */
	migrate_vma_finalize(args); /* wrong: after-failed-setup */
	return ret;
}

int error_is_only_logged(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret < 0)
		drv_log(drv, ret);
	drv_copy_in(drv, args);
	migrate_vma_pages(args); /* wrong: after-failed-setup */
	migrate_vma_finalize(args); /* wrong: after-failed-setup */
	return ret;
}

static void finish(struct migrate_vma *args)
{
	migrate_vma_pages(args); /* wrong: after-failed-setup */
	migrate_vma_finalize(args); /* wrong: after-failed-setup */
}

int helper_runs_on_the_error_path(struct drv *drv, struct migrate_vma *args)
{
	bool good = migrate_vma_setup(args) == 0;

	if (good)
		drv_copy_in(drv, args);
	finish(args);
	return good ? 0 : -EINVAL;
}

int break_ends_in_finalize(struct drv *drv, struct migrate_vma *args)
{
	int ret = 0;

	do {
		ret = migrate_vma_setup(args);
		if (ret)
			break;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
	} while (0);
	migrate_vma_finalize(args); /* wrong: after-failed-setup */
	return ret;
}
