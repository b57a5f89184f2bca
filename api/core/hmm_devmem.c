// SPDX-License-Identifier: GPL-2.0-only
/*
 * hmm_devmem.c - device memory as drivers made it until Linux 5.2, on top of memremap_pages()
 */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/hmm.h>
#include <linux/memremap.h>
#include <linux/module.h>
#include <linux/pagemap.h>

#if RELEASE_HMM_DEVMEM
static struct hmm_devmem *devmem_of(const struct page *page)
{
	return container_of(page->pgmap, struct hmm_devmem, pagemap);
}

static void page_free(struct page *page)
{
	struct hmm_devmem *devmem = devmem_of(page);

	devmem->ops->free(devmem, page);
}

static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	struct hmm_devmem *devmem = devmem_of(vmf->page);

	return devmem->ops->fault(devmem, vmf->vma, vmf->address, vmf->page, vmf->flags, vmf->pmd);
}

static const struct dev_pagemap_ops pagemap_ops = {
	.page_free = page_free,
	.migrate_to_ram = migrate_to_ram,
};

struct hmm_devmem *hmm_devmem_add(const struct hmm_devmem_ops *ops, struct device *device,
				  unsigned long size)
{
	struct hmm_devmem *devmem = devm_kzalloc(device, sizeof(*devmem), GFP_KERNEL);
	void *address;

	if (!devmem)
		return ERR_PTR(-ENOMEM);
	devmem->resource = devm_request_free_mem_region(device, &iomem_resource, size);
	if (IS_ERR(devmem->resource))
		return ERR_CAST(devmem->resource);
	devmem->device = device;
	devmem->ops = ops;
	devmem->pfn_first = devmem->resource->start >> PAGE_SHIFT;
	devmem->pfn_last = devmem->pfn_first + (resource_size(devmem->resource) >> PAGE_SHIFT);
	devmem->pagemap.type = MEMORY_DEVICE_PRIVATE;
	devmem->pagemap.res = *devmem->resource;
	devmem->pagemap.ops = &pagemap_ops;
	address = devm_memremap_pages(device, &devmem->pagemap);
	if (IS_ERR(address)) {
		devm_release_mem_region(device, devmem->resource->start,
					resource_size(devmem->resource));
		return ERR_CAST(address);
	}
	return devmem;
}
EXPORT_SYMBOL_GPL(hmm_devmem_add);

void hmm_devmem_remove(struct hmm_devmem *devmem)
{
	devm_memunmap_pages(devmem->device, &devmem->pagemap);
	devm_release_mem_region(devmem->device, devmem->resource->start,
				resource_size(devmem->resource));
}
EXPORT_SYMBOL_GPL(hmm_devmem_remove);

struct page *hmm_vma_alloc_locked_page(struct vm_area_struct *vma, unsigned long addr)
{
	struct page *page = alloc_page_vma(GFP_HIGHUSER, vma, addr);

	if (page)
		lock_page(page);
	return page;
}
EXPORT_SYMBOL_GPL(hmm_vma_alloc_locked_page);
#endif
