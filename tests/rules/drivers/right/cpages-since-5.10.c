// SPDX-License-Identifier: GPL-2.0-only
/* Since Linux 5.10 migrate_vma_finalize() leaves cpages alone. */
/* target: 5.10 */
#include "../drv.h"

long cpages_is_returned(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return args->cpages;
}
