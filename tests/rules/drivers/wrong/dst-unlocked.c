// SPDX-License-Identifier: GPL-2.0-only
/* Every page in dst is locked when migrate_vma_pages() is called. */
/* target: 7.2 */
#include "../drv.h"

vm_fault_t new_page_is_not_locked(struct migrate_vma *args)
{
	struct page *page;

	if (migrate_vma_setup(args))
		return VM_FAULT_SIGBUS;
	page = alloc_page(GFP_HIGHUSER_MOVABLE);
	if (page) {
		copy_highpage(page, migrate_pfn_to_page(args->src[0]));
		args->dst[0] = migrate_pfn(page_to_pfn(page)); /* wrong: dst-unlocked */
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return page ? 0 : VM_FAULT_OOM;
}

static void fill(struct migrate_vma *args)
{
	unsigned long i, addr = args->start;

	for (i = 0; i < args->npages; i++, addr += PAGE_SIZE) {
		struct page *spage = migrate_pfn_to_page(args->src[i]);
		struct page *dpage;

		if (!spage || !(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, args->vma, addr);
		if (!dpage)
			continue;
		copy_highpage(dpage, spage);
		args->dst[i] = migrate_pfn(page_to_pfn(dpage)); /* wrong: dst-unlocked */
	}
}

int helper_does_not_lock(struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(args);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static struct page *take_page(struct drv *drv)
{
	struct page *page = drv->free_pages;

	if (page)
		drv->free_pages = page->zone_device_data;
	return page;
}

int page_of_the_pool_is_not_locked(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	unsigned long pfn;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = take_page(drv);
	pfn = page_to_pfn(page);
	args->dst[0] = migrate_pfn(page_to_pfn(page)); /* wrong: dst-unlocked */
	pr_debug("moved to %lx\n", pfn);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

void device_pages_move_to_unlocked_pages(unsigned long *src, unsigned long *dst,
					 unsigned long first, unsigned long npages)
{
	unsigned long i;

	migrate_device_range(src, first, npages);
	for (i = 0; i < npages; i++) {
		struct page *page = alloc_page(GFP_HIGHUSER);

		dst[i] = migrate_pfn(page_to_pfn(page)); /* wrong: dst-unlocked */
	}
	migrate_device_pages(src, dst, npages);
	migrate_device_finalize(src, dst, npages);
}

static int copy_slowly(struct drv *drv, struct page *to, unsigned long from)
{
	drv_wait(drv);
	copy_highpage(to, migrate_pfn_to_page(from));
	return drv_start_copy(drv);
}

int neither_helper_nor_caller_locks(struct drv *drv, struct migrate_vma *args)
{
	struct page *page;
	unsigned long pfn;

	if (migrate_vma_setup(args))
		return -EINVAL;
	page = alloc_page(GFP_HIGHUSER); /* wrong: page-leaked */
	if (!page || copy_slowly(drv, page, args->src[0]))
		goto finalize;
	pfn = page_to_pfn(page);
	args->dst[0] = migrate_pfn(pfn); /* wrong: dst-unlocked */
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args);
	return 0;
}
