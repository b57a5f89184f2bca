// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

static void drv_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, unsigned long end,
				     void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;

	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	lock_page(dpage);
	if (drv_copy(private, dpage, spage)) {
		unlock_page(dpage);
		put_page(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void drv_fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				       const unsigned long *dst, unsigned long start,
				       unsigned long end, void *private)
{
}

static const struct migrate_vma_ops drv_fault_ops = {
	.alloc_and_copy = drv_fault_alloc_and_copy,
	.finalize_and_map = drv_fault_finalize_and_map,
};

static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src[1] = { 0 }, dst[1] = { 0 };
	int ret;

	ret = migrate_vma(&drv_fault_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			  src, dst, &drv);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (dst[0] == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

void drv_page_free(struct page *page);

const struct dev_pagemap_ops drv_pagemap_ops = {
	.page_free = drv_page_free,
	.migrate_to_ram = drv_migrate_to_ram,
};

void drv_set_up(struct drv *drv)
{
	drv->pagemap.type = MEMORY_DEVICE_PRIVATE;
	drv->pagemap.ops = &drv_pagemap_ops;
}
