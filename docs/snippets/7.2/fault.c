// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

static int drv_fault_copy(struct drv *drv, const struct migrate_vma *args)
{
	struct page *spage = migrate_pfn_to_page(args->src[0]);
	struct page *dpage;

	if (!spage || !(args->src[0] & MIGRATE_PFN_MIGRATE))
		return 0;

	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, args->vma, args->start);
	if (!dpage)
		return -ENOMEM;

	lock_page(dpage);
	if (drv_copy(drv, dpage, spage)) {
		unlock_page(dpage);
		put_page(dpage);
		return -EIO;
	}
	args->dst[0] = migrate_pfn(page_to_pfn(dpage));
	return 0;
}

static vm_fault_t drv_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &drv,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};
	int ret = 0;

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		ret = drv_fault_copy(&drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return ret ? VM_FAULT_SIGBUS : 0;
}

void drv_folio_free(struct folio *folio);

const struct dev_pagemap_ops drv_pagemap_ops = {
	.folio_free = drv_folio_free,
	.migrate_to_ram = drv_migrate_to_ram,
};

void drv_set_up(struct drv *drv)
{
	drv->pagemap.type = MEMORY_DEVICE_PRIVATE;
	drv->pagemap.ops = &drv_pagemap_ops;
	drv->pagemap.owner = drv;
}
