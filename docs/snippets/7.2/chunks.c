// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

void drv_alloc_and_copy(struct drv *drv, const struct migrate_vma *args);
void drv_map_moved(struct drv *drv, const struct migrate_vma *args);

#define CHUNK_PAGES	64UL

int drv_move_range(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		   unsigned long end)
{
	unsigned long src[CHUNK_PAGES], dst[CHUNK_PAGES];
	unsigned long next;
	int ret;

	for (; start < end; start = next) {
		struct migrate_vma args = {
			.vma		= vma,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= drv->pagemap.owner,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		next = min(end, start + (CHUNK_PAGES << PAGE_SHIFT));
		args.start = start;
		args.end = next;
		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			drv_alloc_and_copy(drv, &args);
			migrate_vma_pages(&args);
			drv_map_moved(drv, &args);
			migrate_vma_finalize(&args);
		}
	}
	return 0;
}
