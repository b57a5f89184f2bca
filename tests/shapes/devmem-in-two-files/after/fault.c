// SPDX-License-Identifier: GPL-2.0-only
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>

#include "larch.h"

static void larch_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, struct larch *larch,
				       bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER, vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	lock_page(dpage);
	if (larch->fail) {
		larch->fail--;
		unlock_page(dpage);
		put_page(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	copy_highpage(dpage, larch_backing(larch, spage));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static vm_fault_t larch_devmem_fault(struct vm_fault *vmf)
{
	struct larch_devmem *devmem =
		container_of(page_pgmap(vmf->page), struct larch_devmem, pagemap);
	struct vm_area_struct *vma = vmf->vma;
	unsigned long addr = vmf->address;
	const struct page *page = vmf->page;
	struct larch *larch = dev_get_drvdata(devmem->device);
	unsigned long src = 0, dst = 0;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &larch_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	larch_note(larch, "faulted", page_to_pfn(page) - devmem->pfn_first);
	args.fault_page = vmf->page;
	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		larch_fault_alloc_and_copy(args.vma, args.src, args.dst, args.start, larch,
					   &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void larch_devmem_free(struct folio *folio)
{
	struct page *page = &folio->page;
	struct larch_devmem *devmem = container_of(page_pgmap(page), struct larch_devmem, pagemap);
	struct larch *larch = dev_get_drvdata(devmem->device);

	spin_lock(&larch->lock);
	page->zone_device_data = larch->free;
	larch->free = page;
	spin_unlock(&larch->lock);
}

const struct dev_pagemap_ops larch_devmem_ops = {
	.folio_free = larch_devmem_free,
	.migrate_to_ram = larch_devmem_fault,
};
