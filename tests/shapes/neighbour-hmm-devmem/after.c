// SPDX-License-Identifier: GPL-2.0-only
#include <linux/hmm.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

struct aspen {
	struct device *dev;
	struct aspen_devmem *devmem;
	spinlock_t lock;
	struct page *free;
};

static struct aspen *aspen;

/* Only its address counts: it marks the device memory as this driver's. */
static char aspen_pgmap_owner;

static struct page *aspen_take(struct aspen *aspen)
{
	struct page *page;

	spin_lock(&aspen->lock);
	page = aspen->free;
	if (page)
		aspen->free = page->zone_device_data;
	spin_unlock(&aspen->lock);
	if (page) {
		zone_device_page_init(page, page_pgmap(page), 0);
	}
	return page;
}

static void aspen_copy(struct page *to, struct page *from);

static void aspen_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, bool *failed)
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
	aspen_copy(dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

/* Device memory. */
struct aspen_devmem {
	struct dev_pagemap pagemap;
};

static struct aspen_devmem *aspen_devmem_add(const struct dev_pagemap_ops *ops,
					     struct device *device, unsigned long size)
{
	struct aspen_devmem *devmem;
	struct resource *resource;
	void *addr;

	devmem = devm_kzalloc(device, sizeof(*devmem), GFP_KERNEL);
	if (!devmem)
		return ERR_PTR(-ENOMEM);
	resource = devm_request_free_mem_region(device, &iomem_resource, size);
	if (IS_ERR(resource))
		return ERR_CAST(resource);

	devmem->pagemap.type = MEMORY_DEVICE_PRIVATE;
	devmem->pagemap.range.start = resource->start;
	devmem->pagemap.range.end = resource->end;
	devmem->pagemap.nr_range = 1;
	devmem->pagemap.ops = ops;
	devmem->pagemap.owner = &aspen_pgmap_owner;
	addr = devm_memremap_pages(device, &devmem->pagemap);
	if (IS_ERR(addr)) {
		devm_release_mem_region(device, resource->start, resource_size(resource));
		return ERR_CAST(addr);
	}
	return devmem;
}

static vm_fault_t aspen_devmem_fault(struct vm_fault *vmf)
{
	struct vm_area_struct *vma = vmf->vma;
	unsigned long addr = vmf->address;
	unsigned long src = 0, dst = 0;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &aspen_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		aspen_fault_alloc_and_copy(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void aspen_devmem_free(struct folio *folio)
{
	struct page *page = &folio->page;
	struct aspen *owner = aspen;

	spin_lock(&owner->lock);
	page->zone_device_data = owner->free;
	owner->free = page;
	spin_unlock(&owner->lock);
}

static const struct dev_pagemap_ops aspen_devmem_ops = {
	.folio_free = aspen_devmem_free,
	.migrate_to_ram = aspen_devmem_fault,
};

int aspen_init(struct aspen *device)
{
	aspen = device;
	device->devmem = aspen_devmem_add(&aspen_devmem_ops, device->dev, 64 << PAGE_SHIFT);
	return PTR_ERR_OR_ZERO(device->devmem);
}
