// SPDX-License-Identifier: GPL-2.0-only
/* What a helper does that is not given the migration counts as well. */
/* target: 7.2 */
#include "../drv.h"

static int tell_the_program(void __user *report, unsigned long count)
{
	return copy_to_user(report, &count, sizeof(count)) ? -EFAULT : 0;
}

int user_access_in_a_helper(struct drv *drv, struct migrate_vma *args, void __user *report)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	ret = tell_the_program(report, args->cpages); /* wrong: user-access-inside */
	migrate_vma_finalize(args);
	return ret;
}

static void leave_mm(struct mm_struct *mm)
{
	mmap_read_unlock(mm);
}

int unlocked_in_a_helper(struct drv *drv, struct mm_struct *mm, struct migrate_vma *args)
{
	int ret;

	mmap_read_lock(mm);
	ret = migrate_vma_setup(args);
	if (ret) {
		leave_mm(mm);
		return ret;
	}
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	leave_mm(mm); /* wrong: mmap-lock-dropped */
	migrate_vma_finalize(args);
	return 0;
}

int given_back_by_its_word(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	args->dst[0] = drv_copy_one(drv, args->src[0]);
	if (drv_start_copy(drv)) {
		put_page(migrate_pfn_to_page(args->dst[0])); /* wrong: dst-freed */
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}
