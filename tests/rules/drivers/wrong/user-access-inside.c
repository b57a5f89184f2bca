// SPDX-License-Identifier: GPL-2.0-only
/* User memory is not touched while a migration is open. */
/* target: 7.2 */
#include "../drv.h"

int result_is_copied_out(struct drv *drv, struct migrate_vma *args, void __user *report)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	if (copy_to_user(report, &args->cpages, sizeof(args->cpages))) /* wrong: user-access-inside */
		ret = -EFAULT;
	migrate_vma_finalize(args);
	return ret;
}

int request_is_copied_in(struct drv *drv, struct migrate_vma *args, void __user *request)
{
	unsigned long wanted;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	ret = copy_from_user(&wanted, request, sizeof(wanted)); /* wrong: user-access-inside */
	if (!ret && wanted)
		drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return ret;
}
