// SPDX-License-Identifier: GPL-2.0-only
/*
 * migrate_callbacks.c - the call of Linux 5.3 and earlier: the three steps with the driver between
 */
#include "core/migration.h"

#if RELEASE_CALLBACKS
int migrate_vma(const struct migrate_vma_ops *ops, struct vm_area_struct *vma, unsigned long start,
		unsigned long end, unsigned long *src, unsigned long *dst, void *private)
{
	struct migrate_vma migrate = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = src,
		.dst = dst,
	};
	int ret;

	if (!ops || !ops->alloc_and_copy || !ops->finalize_and_map)
		return -EINVAL;
	ret = migrate_vma_setup(&migrate);
	if (ret)
		return ret;
	if (!migrate.cpages)
		return 0;

	ops->alloc_and_copy(vma, src, dst, migrate.start, migrate.end, private);
	migrate_vma_pages(&migrate);
	ops->finalize_and_map(vma, src, dst, migrate.start, migrate.end, private);
	migrate_vma_finalize(&migrate);
	return 0;
}
EXPORT_SYMBOL(migrate_vma);
#endif
