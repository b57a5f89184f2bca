// SPDX-License-Identifier: GPL-2.0-only
/* Loops over a range that get to its end. */
/* target: 7.2 */
#include <linux/list.h>

#include "../drv.h"

int start_follows_end(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
		      unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned long max = min_t(unsigned long, DRV_CHUNK_PAGES, npages);
	unsigned long i;
	int ret;

	for (i = 0; i < npages; i += max) {
		if (args.start + (max << PAGE_SHIFT) > end)
			args.end = end;
		else
			args.end = args.start + (max << PAGE_SHIFT);
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

int both_come_from_the_loop(struct drv *drv, struct vm_area_struct *vma, unsigned long start,
			    unsigned long end)
{
	unsigned long addr, next;
	int ret = 0;

	for (addr = start; addr < end; addr = next) {
		struct migrate_vma args = {
			.vma = vma,
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		next = min(end, addr + DRV_CHUNK);
		if (next > vma->vm_end)
			next = vma->vm_end;
		args.start = addr;
		args.end = next;
		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return ret;
}

int parameters_move(struct drv *drv, struct migrate_vma *args, unsigned long start,
		    unsigned long end)
{
	while (start < end) {
		unsigned long size = min(end - start, DRV_CHUNK);

		args->start = start;
		args->end = start + size;
		if (migrate_vma_setup(args))
			return -EINVAL;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
		start += size;
	}
	return 0;
}

int index_moves(struct drv *drv, struct vm_area_struct *vma, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct migrate_vma args = {
			.vma = vma,
			.start = vma->vm_start + (i << PAGE_SHIFT),
			.end = vma->vm_start + ((i + 1) << PAGE_SHIFT),
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		if (migrate_vma_setup(&args))
			return -EINVAL;
		if (!args.cpages)
			continue;
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

int rest_counts_down(struct drv *drv, struct migrate_vma *args, unsigned long start,
		     unsigned long npages)
{
	args->end = start;
	do {
		unsigned long count = min_t(unsigned long, npages, DRV_CHUNK_PAGES);

		args->start = args->end;
		args->end += count << PAGE_SHIFT;
		npages -= count;
		if (migrate_vma_setup(args))
			return -EINVAL;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	} while (npages);
	return 0;
}

struct drv_range {
	struct list_head list;
	unsigned long start;
	unsigned long end;
};

int one_turn_a_list_entry(struct drv *drv, struct list_head *ranges, struct migrate_vma *args)
{
	struct drv_range *range;
	int ret = 0;

	list_for_each_entry(range, ranges, list) {
		args->start = range->start;
		args->end = range->end;
		ret = migrate_vma_setup(args);
		if (ret)
			break;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return ret;
}

int ranges_from_a_function(struct drv *drv, struct migrate_vma *args)
{
	unsigned long start, end;

	while (drv_next_range(drv, &start, &end)) {
		args->start = start;
		args->end = end;
		if (migrate_vma_setup(args))
			return -EINVAL;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return 0;
}

int again_until_it_works(struct drv *drv, struct migrate_vma *args)
{
	unsigned int tries = 3;

	while (tries--) {
		if (migrate_vma_setup(args))
			return -EINVAL;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
		if (args->src[0] & MIGRATE_PFN_MIGRATE)
			return 0;
	}
	return -EBUSY;
}

/* The arrays are used again for each chunk. */
int words_are_reset_between_chunks(struct drv *drv, struct vm_area_struct *vma)
{
	unsigned long src[DRV_CHUNK_PAGES], dst[DRV_CHUNK_PAGES];
	unsigned long addr;

	for (addr = vma->vm_start; addr < vma->vm_end; addr += DRV_CHUNK) {
		struct migrate_vma args = {
			.vma = vma,
			.start = addr,
			.end = addr + DRV_CHUNK,
			.src = src,
			.dst = dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		memset(src, 0, sizeof(src));
		memset(dst, 0, sizeof(dst));
		if (migrate_vma_setup(&args))
			return -EINVAL;
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

int start_is_set_in_the_condition(struct drv *drv, struct migrate_vma *args, unsigned long start,
				  unsigned long end)
{
	unsigned long next = start & PAGE_MASK;

	while ((start = next) < end) {
		next += DRV_CHUNK;
		if (next > end)
			next = end;
		args->start = start & PAGE_MASK;
		args->end = next;
		if (migrate_vma_setup(args))
			return -EINVAL;
		drv_copy_in(drv, args);
		migrate_vma_pages(args);
		migrate_vma_finalize(args);
	}
	return 0;
}
