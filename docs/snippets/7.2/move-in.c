// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

static void drv_alloc_and_copy(struct drv *drv, const struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *dpage;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = drv_alloc_page(drv);
		if (!dpage)
			continue;
		if (drv_copy(drv, dpage, migrate_pfn_to_page(args->src[i]))) {
			unlock_page(dpage);
			put_page(dpage);
			continue;
		}
		args->dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void drv_map_moved(struct drv *drv, const struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		if (args->src[i] & MIGRATE_PFN_MIGRATE)
			drv_map(drv, args->start + (i << PAGE_SHIFT),
				migrate_pfn_to_page(args->dst[i]));
	}
}

/* The caller holds the mmap lock; the range is page aligned and has at most 64 pages. */
int drv_move_in(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		unsigned long end)
{
	unsigned long src[64], dst[64];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= drv->pagemap.owner,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		drv_alloc_and_copy(drv, &args);
		migrate_vma_pages(&args);
		drv_map_moved(drv, &args);
		migrate_vma_finalize(&args);
	}
	return 0;
}
