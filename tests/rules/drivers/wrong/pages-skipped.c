// SPDX-License-Identifier: GPL-2.0-only
/* With a page in dst migrate_vma_finalize() needs migrate_vma_pages() before it. */
/* target: 7.2 */
#include "../drv.h"

vm_fault_t copy_fails_after_dst_is_set(struct drv *drv, struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma = vmf->vma,
		.start = vmf->address,
		.end = vmf->address + PAGE_SIZE,
		.src = &src,
		.dst = &dst,
		.pgmap_owner = drv,
		.fault_page = vmf->page,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};
	struct page *page;
	vm_fault_t ret = 0;

	if (migrate_vma_setup(&args) < 0)
		return VM_FAULT_SIGBUS;
	if (!args.cpages)
		return 0;
	page = drv_get_locked_page(drv);
	if (!page)
		goto done;
	dst = migrate_pfn(page_to_pfn(page));
	if (drv_copy(drv, page, src)) {
		ret = VM_FAULT_SIGBUS;
		goto done;
	}
	migrate_vma_pages(&args);
done:
	migrate_vma_finalize(&args); /* wrong: pages-skipped */
	return ret;
}

int a_later_page_fails(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *page;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = drv_get_locked_page(drv);
		if (!page) {
			ret = -ENOMEM;
			goto finalize;
		}
		args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args); /* wrong: pages-skipped */
	return ret;
}

int only_the_last_page_is_taken_back(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	for (i = 0; i < args->npages; i++) {
		struct page *page = drv_get_locked_page(drv);

		args->dst[i] = migrate_pfn(page_to_pfn(page));
		ret = drv_copy(drv, page, args->src[i]);
		if (ret) {
			args->dst[i] = 0;
			unlock_page(page);
			put_page(page);
			goto finalize;
		}
	}
	migrate_vma_pages(args);
finalize:
	migrate_vma_finalize(args); /* wrong: pages-skipped */
	return ret;
}

static int fill(struct drv *drv, const unsigned long *src, unsigned long *dst,
		unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++, src++, dst++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page)
			return -ENOMEM;
		*dst = migrate_pfn(page_to_pfn(page));
	}
	return 0;
}

int helper_fills_and_fails(struct drv *drv, struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src_pfns[DRV_CHUNK_PAGES] = { 0 };
	unsigned long dst_pfns[DRV_CHUNK_PAGES] = { 0 };
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = start + DRV_CHUNK,
		.src = src_pfns,
		.dst = dst_pfns,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	ret = fill(drv, src_pfns, dst_pfns, args.npages);
	if (!ret)
		migrate_vma_pages(&args);
	migrate_vma_finalize(&args); /* wrong: pages-skipped */
	return ret;
}

void device_pages(struct drv *drv, unsigned long first, unsigned long npages)
{
	unsigned long *src = kvcalloc(npages, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kvcalloc(npages, sizeof(*dst), GFP_KERNEL);
	unsigned long i;

	migrate_device_range(src, first, npages);
	for (i = 0; i < npages; i++)
		dst[i] = migrate_pfn(page_to_pfn(drv_get_locked_page(drv)));
	migrate_device_finalize(src, dst, npages); /* wrong: pages-skipped */
	kvfree(src);
	kvfree(dst);
}

void nobody_calls_pages(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i;

	if (migrate_vma_setup(args))
		return;
	for (i = 0; i < args->npages; i++)
		args->dst[i] = drv_copy_one(drv, args->src[i]);
	migrate_vma_finalize(args); /* wrong: pages-skipped */
}

static void fill_and_count(struct drv *drv, struct migrate_vma *args, unsigned long *filled,
			   unsigned long *missed)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = drv_get_locked_page(drv);
		if (!page) {
			++*missed;
			continue;
		}
		args->dst[i] = migrate_pfn(page_to_pfn(page));
		++*filled;
	}
}

int one_page_too_few_skips_all(struct drv *drv, struct migrate_vma *args)
{
	unsigned long filled = 0, missed = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill_and_count(drv, args, &filled, &missed);
	if (missed)
		goto out;
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args); /* wrong: pages-skipped */
	return 0;
}

int count_is_tested_the_wrong_way_round(struct drv *drv, struct migrate_vma *args)
{
	unsigned long filled = 0, missed = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill_and_count(drv, args, &filled, &missed);
	if (!filled)
		migrate_vma_pages(args);
	migrate_vma_finalize(args); /* wrong: pages-skipped */
	return 0;
}
