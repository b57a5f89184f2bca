// SPDX-License-Identifier: GPL-2.0-only
/* Further ways to write a migration that are as good. */
/* target: 7.2 */
#include "../drv.h"

static void give_up(struct migrate_vma *args)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page = migrate_pfn_to_page(args->dst[i]);

		if (!page)
			continue;
		unlock_page(page);
		put_page(page);
		args->dst[i] = 0;
	}
}

int helper_clears(struct drv *drv, struct vm_area_struct *vma,
		  unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	ret = migrate_vma_setup(&args);
	if (unlikely(ret))
		return ret;
	drv_copy_in(drv, &args);
	ret = drv_start_copy(drv);
	if (ret)
		give_up(&args);
	else
		migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return ret;
}

int evict_or_fault(struct drv *drv, struct vm_area_struct *vma,
		   unsigned long addr, struct page *fault_page)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vma, .start = addr, .end = addr + PAGE_SIZE, .src = &src, .dst = &dst,
		.pgmap_owner = drv, .flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE, .fault_page = fault_page,
	};
	struct page *page;
	int ret;

	ret = migrate_vma_setup(&args);
	if (WARN_ON_ONCE(ret))
		return ret;
	if (!args.cpages || !(src & MIGRATE_PFN_MIGRATE))
		goto finalize;
	page = alloc_page_vma(GFP_HIGHUSER, vma, addr);
	if (!page) {
		ret = -ENOMEM;
		goto finalize;
	}
	lock_page(page);
	copy_highpage(page, migrate_pfn_to_page(src));
	dst = migrate_pfn(page_to_pfn(page));
	migrate_vma_pages(&args);
finalize:
	migrate_vma_finalize(&args);
	return ret;
}

int ternary(struct drv *drv, struct vm_area_struct *vma,
	    unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long moved = 0, i;

	if (migrate_vma_setup(&args) != 0)
		return -EINVAL;
	if (args.cpages > 0) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		for (i = 0; i < args.npages; i++)
			moved += !!(args.src[i] & MIGRATE_PFN_MIGRATE);
		migrate_vma_finalize(&args);
	}
	return moved ? 0 : -EBUSY;
}

int two_walkers(struct drv *drv, struct vm_area_struct *vma,
		unsigned long start, unsigned long end)
{
	unsigned long first = start, left = (end - start) >> PAGE_SHIFT;

	while (left) {
		unsigned long n = min(left, (unsigned long)DRV_CHUNK_PAGES);
		struct migrate_vma args = {
			.vma = vma,
			.start = first,
			.end = first + (n << PAGE_SHIFT),
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};
		int ret = migrate_vma_setup(&args);

		if (ret)
			return ret;
		if (args.cpages) {
			drv_copy_in(drv, &args);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
		}
		first += n << PAGE_SHIFT;
		left -= n;
	}
	return 0;
}
