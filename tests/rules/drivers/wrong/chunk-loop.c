// SPDX-License-Identifier: GPL-2.0-only
/* Both ends of a range that is migrated in chunks have to move. */
/* target: 7.2 */
#include "../drv.h"

int end_is_computed_from_the_parameter(struct drv *drv, struct vm_area_struct *vma,
				       unsigned long start, unsigned long end)
{
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long c, i;
	int ret;

	for (i = 0; i < npages; i += c) {
		c = min_t(unsigned long, DRV_CHUNK_PAGES, npages);
		args.end = start + (c << PAGE_SHIFT); /* wrong: chunk-loop */
		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			drv_copy_in(drv, &args);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
		}
		args.start = args.end;
	}
	return 0;
}

int end_is_computed_by_min(struct drv *drv, struct migrate_vma *args, unsigned long start,
			   unsigned long end)
{
	int ret;

	for (args->start = start; args->start < end; args->start += DRV_CHUNK) {
		args->end = min(end, start + DRV_CHUNK); /* wrong: chunk-loop */
		ret = migrate_vma_setup(args);
		if (ret)
			return ret;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return 0;
}

int end_stays(struct drv *drv, struct migrate_vma *args, unsigned long start, unsigned long end)
{
	int ret;

	args->start = start;
	args->end = start + DRV_CHUNK;
	while (args->start < end) {
		ret = migrate_vma_setup(args);
		if (ret)
			return ret;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
		args->start = args->end; /* wrong: chunk-loop */
	}
	return 0;
}

int start_stays(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		unsigned long end)
{
	unsigned long addr, next;

	for (addr = start; addr < end; addr = next) {
		struct migrate_vma args = {
			.vma = vma,
			.start = start, /* wrong: chunk-loop */
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		next = min(end, addr + DRV_CHUNK);
		args.end = next;
		if (migrate_vma_setup(&args))
			return -EINVAL;
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

int start_is_forgotten(struct drv *drv, struct vm_area_struct *vma, unsigned long npages)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i;
	int ret;

	for (i = 0; i < npages; i += DRV_CHUNK_PAGES) {
		args.end = args.start + DRV_CHUNK; /* wrong: chunk-loop */
		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}
