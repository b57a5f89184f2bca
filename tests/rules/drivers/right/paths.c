// SPDX-License-Identifier: GPL-2.0-only
/* Ways through the three calls that are all right. */
/* target: 7.2 */
#include "../drv.h"

int every_error_goes_to_its_label(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	struct page *page;
	int ret;

	mmap_read_lock(mm);
	ret = migrate_vma_setup(args);
	if (ret)
		goto unlock;
	if (!args->cpages) {
		ret = -EBUSY;
		goto unlock;
	}
	page = drv_get_locked_page(drv);
	if (!page) {
		ret = -ENOMEM;
		goto finalize;
	}
	ret = drv_copy(drv, page, args->src[0]);
	if (ret) {
		unlock_page(page);
		put_page(page);
		goto finalize;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args);
unlock:
	mmap_read_unlock(mm);
	return ret;
}

int both_tests_in_one(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret || !args->cpages)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int success_is_nested(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	if ((ret = migrate_vma_setup(args)) == 0) {
		if (args->cpages > 0) {
			drv_copy_in(drv, args);
			migrate_vma_pages(args);
			migrate_vma_finalize(args);
		}
	}
	return ret;
}

int assigned_in_the_condition(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	if (unlikely((ret = migrate_vma_setup(args)) < 0))
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int constant_on_the_left(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (0 != ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int one_error_code(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret == -EINVAL)
		return -EFAULT;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

long collected_pages_are_kept(struct drv *drv, struct migrate_vma *args)
{
	unsigned long collected;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	collected = args->cpages;
	if (!collected)
		return 0;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return collected;
}

int result_decides_twice(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (!ret)
		drv_copy_in(drv, args);
	drv_log(drv, ret);
	if (!ret) {
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return ret;
}

int flag_remembers(struct drv *drv, struct migrate_vma *args)
{
	bool open = false;
	int ret;

	ret = drv_start_copy(drv);
	if (ret)
		goto out;
	ret = migrate_vma_setup(args);
	if (ret)
		goto out;
	open = true;
	ret = drv_start_copy(drv);
	if (ret)
		goto out;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
out:
	if (open)
		migrate_vma_finalize(args);
	return ret;
}

int same_condition_twice(struct drv *drv, struct migrate_vma *args, bool migrate)
{
	int ret = 0;

	if (migrate) {
		ret = migrate_vma_setup(args);
		if (ret)
			return ret;
	}
	drv_wait(drv);
	if (migrate) {
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return ret;
}

int page_decides(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	page = drv_get_locked_page(drv);
	if (page)
		args->dst[0] = migrate_pfn(page_to_pfn(page));
	drv_wait(drv);
	if (page)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return page ? 0 : -ENOMEM;
}

int all_cases_of_a_switch(struct drv *drv, struct migrate_vma *args, int mode)
{
	int ret = migrate_vma_setup(args);

	switch (ret) {
	case 0:
		break;
	default:
		return ret;
	}
	switch (mode) {
	case 0:
		drv_copy_in(drv, args);
		fallthrough;
	case 1:
		migrate_vma_pages(args);
		break;
	case 2:
		ret = -EBUSY;
		goto finalize;
	default:
		break;
	}
finalize:
	migrate_vma_finalize(args);
	return ret;
}

int leaves_an_endless_loop(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	while (1) {
		if (!drv_start_copy(drv))
			break;
		drv_wait(drv);
	}
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int cannot_happen(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	BUG_ON(ret);
	if (WARN_ON(!args->cpages))
		return -EINVAL;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int choice_of_two(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args) ? -EFAULT : 0;

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int runs_once(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	do {
		ret = migrate_vma_setup(args);
		if (ret)
			break;
		if (!args->cpages)
			break;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	} while (0);
	return ret;
}

void user_memory_around_it(struct drv *drv, struct migrate_vma *args, unsigned long __user *user)
{
	unsigned long wanted;

	if (get_user(wanted, user) || migrate_vma_setup(args))
		return;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	if (put_user(args->cpages, user))
		drv_log(drv, -EFAULT);
}
