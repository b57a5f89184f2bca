// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

extern const struct migrate_vma_ops drv_move_in_ops;

#define CHUNK_PAGES	64UL

int drv_move_range(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		   unsigned long end)
{
	unsigned long src[CHUNK_PAGES], dst[CHUNK_PAGES];
	unsigned long next;
	int ret;

	for (; start < end; start = next) {
		next = min(end, start + (CHUNK_PAGES << PAGE_SHIFT));
		ret = migrate_vma(&drv_move_in_ops, vma, start, next, src, dst, drv);
		if (ret)
			return ret;
	}
	return 0;
}
