/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * device-memory.h - device private memory for the example drivers.
 *
 * The memory of the imagined device is made of ordinary system pages, one behind each device page.
 * The CPU cannot map a device page, and the "device" reaches its memory through
 * device_memory_backing().
 *
 * Kernel releases differ in how such memory is set up and handed out.  All of that is in this one
 * file, so that a driver that includes it shows migration and nothing else, and builds for every
 * release from 5.3 on.  The tests go by the release number: a vendor's kernel that took over a
 * later interface needs them adjusted.
 *
 * A driver fills in pagemap.type, pagemap.ops and (from 5.7 on) pagemap.owner of its struct
 * device_memory, then calls device_memory_create().
 */
#ifndef EXAMPLES_DEVICE_MEMORY_H
#define EXAMPLES_DEVICE_MEMORY_H

#include <linux/err.h>
#include <linux/gfp.h>
#include <linux/ioport.h>
#include <linux/memremap.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/numa.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/version.h>

/**
 * struct device_memory - the memory of one device
 * @pagemap: the device pages as the kernel knows them; the driver fills in type, ops and owner
 * @lock: protects @free and @nr_free; taken inside every other lock
 * @free: device pages nobody uses, linked through page->zone_device_data
 * @nr_free: length of @free
 * @nr_pages: number of device pages
 * @first_pfn: page frame number of the first one
 * @region: the addresses they have
 * @device: until 5.3, the device that owns @region
 * @backing: the system page behind each device page, owned by this structure
 */
struct device_memory {
	struct dev_pagemap pagemap;
	spinlock_t lock;
	struct page *free;
	unsigned long nr_free;
	unsigned long nr_pages;
	unsigned long first_pfn;
	struct resource *region;
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
	struct platform_device *device;
#endif
	struct page **backing;
};

/* 5.8 renamed mmap_sem and gave it functions; the drivers use the later names. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 8, 0)
static inline void mmap_read_lock(struct mm_struct *mm)
{
	down_read(&mm->mmap_sem);
}

static inline void mmap_read_unlock(struct mm_struct *mm)
{
	up_read(&mm->mmap_sem);
}
#endif

/**
 * device_memory_of() - the device a device page belongs to
 * @page: a device private page of a struct device_memory
 *
 * page->pgmap moved into the folio in 6.15.
 *
 * Context: any.
 * Return: the device memory it is part of.
 */
static inline struct device_memory *device_memory_of(struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
	return container_of(page_pgmap(page), struct device_memory, pagemap);
#else
	return container_of(page->pgmap, struct device_memory, pagemap);
#endif
}

/**
 * device_memory_backing() - where the bytes of a device page are
 * @page: a device private page of a struct device_memory
 *
 * Context: any; what may be done with the bytes is decided by the lock of @page.
 * Return: the system page behind it, which stays the property of the device memory.
 */
static inline struct page *device_memory_backing(struct page *page)
{
	struct device_memory *memory = device_memory_of(page);

	return memory->backing[page_to_pfn(page) - memory->first_pfn];
}

/**
 * device_memory_alloc() - take a free device page
 * @memory: the device memory
 *
 * The page comes locked and with one reference, which is what a destination of a migration has to
 * be.  To give it back unused: unlock_page(), put_page().  While it is in use, so is the module.
 *
 * The reference count of a free device page was 1 until 5.17, and a driver took another one; it
 * is set up by the kernel in 5.18 to 6.0; it is 0 from 6.1 on, where zone_device_page_init()
 * makes a page ready, with two more parameters from 6.19 on.
 *
 * Context: process context; takes memory->lock.
 * Return: the page, or NULL when every device page is in use.
 */
static inline struct page *device_memory_alloc(struct device_memory *memory)
{
	struct page *page;

	spin_lock(&memory->lock);
	page = memory->free;
	if (page) {
		memory->free = page->zone_device_data;
		memory->nr_free--;
	}
	spin_unlock(&memory->lock);
	if (!page)
		return NULL;

	__module_get(THIS_MODULE);
	page->zone_device_data = NULL;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	zone_device_page_init(page, &memory->pagemap, 0);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	zone_device_page_init(page);
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 18, 0)
	lock_page(page);
#else
	get_page(page);
	lock_page(page);
#endif
	return page;
}

/**
 * device_memory_nr_free() - how many device pages are free
 * @memory: the device memory
 *
 * Context: any; takes memory->lock.
 * Return: the number, which may be another one by the time the caller looks at it.
 */
static inline unsigned long device_memory_nr_free(struct device_memory *memory)
{
	unsigned long nr_free;

	spin_lock(&memory->lock);
	nr_free = memory->nr_free;
	spin_unlock(&memory->lock);

	return nr_free;
}

/**
 * device_memory_free_page() - the driver has a page of the device back
 * @page: the page
 *
 * The kernel calls it when the last reference is gone; a driver names it through DEVICE_MEMORY_FREE.
 */
static inline void device_memory_free_page(struct page *page)
{
	struct device_memory *memory = device_memory_of(page);

	spin_lock(&memory->lock);
	page->zone_device_data = memory->free;
	memory->free = page;
	memory->nr_free++;
	spin_unlock(&memory->lock);

	module_put(THIS_MODULE);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
/**
 * device_memory_free_folio() - device_memory_free_page() for folio_free (6.19)
 * @folio: the folio, of a single page
 */
static inline void device_memory_free_folio(struct folio *folio)
{
	device_memory_free_page(&folio->page);
}

/**
 * define DEVICE_MEMORY_FREE - the member of struct dev_pagemap_ops that takes pages back
 *
 * To be written among the members of the initialiser of pagemap.ops.  The member is page_free
 * until 6.18 and folio_free after that.
 */
#define DEVICE_MEMORY_FREE	.folio_free = device_memory_free_folio
#else
#define DEVICE_MEMORY_FREE	.page_free = device_memory_free_page
#endif

/*
 * The addresses of the device pages: nothing answers there, they only have to be free.  Until 5.3
 * they are tied to a device, from 5.4 on they can stand alone.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 4, 0)
static inline int device_memory_request_region(struct device_memory *memory)
{
	memory->region = request_free_mem_region(&iomem_resource, memory->nr_pages << PAGE_SHIFT,
						 "device-memory");
	return PTR_ERR_OR_ZERO(memory->region);
}

static inline void device_memory_release_region(struct device_memory *memory)
{
	release_mem_region(memory->region->start, resource_size(memory->region));
}

static inline void *device_memory_map(struct device_memory *memory)
{
	return memremap_pages(&memory->pagemap, NUMA_NO_NODE);
}

static inline void device_memory_unmap(struct device_memory *memory)
{
	memunmap_pages(&memory->pagemap);
}
#else
static inline int device_memory_request_region(struct device_memory *memory)
{
	memory->device = platform_device_register_simple("device-memory", PLATFORM_DEVID_AUTO,
							 NULL, 0);
	if (IS_ERR(memory->device))
		return PTR_ERR(memory->device);

	memory->region = devm_request_free_mem_region(&memory->device->dev, &iomem_resource,
						      memory->nr_pages << PAGE_SHIFT);
	if (IS_ERR(memory->region)) {
		platform_device_unregister(memory->device);
		return PTR_ERR(memory->region);
	}
	return 0;
}

static inline void device_memory_release_region(struct device_memory *memory)
{
	devm_release_mem_region(&memory->device->dev, memory->region->start,
				resource_size(memory->region));
	platform_device_unregister(memory->device);
}

static inline void *device_memory_map(struct device_memory *memory)
{
	return devm_memremap_pages(&memory->device->dev, &memory->pagemap);
}

static inline void device_memory_unmap(struct device_memory *memory)
{
	devm_memunmap_pages(&memory->device->dev, &memory->pagemap);
}
#endif

/* A struct resource says which addresses they are until 5.9, a struct range after that. */
static inline void device_memory_set_range(struct device_memory *memory)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 10, 0)
	memory->pagemap.range.start = memory->region->start;
	memory->pagemap.range.end = memory->region->end;
	memory->pagemap.nr_range = 1;
#else
	memory->pagemap.res = *memory->region;
#endif
	memory->first_pfn = memory->region->start >> PAGE_SHIFT;
}

static inline void device_memory_free_backing(struct device_memory *memory)
{
	unsigned long i;

	for (i = 0; i < memory->nr_pages && memory->backing[i]; i++)
		__free_page(memory->backing[i]);
	kfree(memory->backing);
	memory->backing = NULL;
}

static inline int device_memory_alloc_backing(struct device_memory *memory)
{
	unsigned long i;

	memory->backing = kcalloc(memory->nr_pages, sizeof(*memory->backing), GFP_KERNEL);
	if (!memory->backing)
		return -ENOMEM;

	for (i = 0; i < memory->nr_pages; i++) {
		memory->backing[i] = alloc_page(GFP_HIGHUSER);
		if (!memory->backing[i]) {
			device_memory_free_backing(memory);
			return -ENOMEM;
		}
	}
	return 0;
}

/**
 * device_memory_create() - set up the memory of a device
 * @memory: zeroed but for pagemap.type, pagemap.ops and pagemap.owner
 * @nr_pages: how much of it
 *
 * Context: process context; may sleep.
 * Return: 0; -ENOMEM; or the error of request_free_mem_region() or memremap_pages(), of which
 * -EINVAL says that the kernel was built without DEVICE_PRIVATE.
 */
static inline int device_memory_create(struct device_memory *memory, unsigned long nr_pages)
{
	unsigned long i;
	void *address;
	int ret;

	spin_lock_init(&memory->lock);
	memory->nr_pages = nr_pages;
	memory->free = NULL;
	ret = device_memory_alloc_backing(memory);
	if (ret)
		return ret;

	ret = device_memory_request_region(memory);
	if (ret)
		goto err_backing;

	device_memory_set_range(memory);
	address = device_memory_map(memory);
	if (IS_ERR(address)) {
		ret = PTR_ERR(address);
		goto err_region;
	}

	/* The region may have been rounded up; only so many pages have memory behind them. */
	for (i = nr_pages; i > 0; i--) {
		struct page *page = pfn_to_page(memory->first_pfn + i - 1);

		page->zone_device_data = memory->free;
		memory->free = page;
	}
	memory->nr_free = nr_pages;
	return 0;

err_region:
	device_memory_release_region(memory);
err_backing:
	device_memory_free_backing(memory);
	return ret;
}

/**
 * device_memory_destroy() - undo device_memory_create()
 * @memory: the device memory, no page of which is in use any more
 *
 * Context: process context; may sleep.  A module gets here only when no device page is in use,
 * because each of them holds the module.
 */
static inline void device_memory_destroy(struct device_memory *memory)
{
	device_memory_unmap(memory);
	device_memory_release_region(memory);
	device_memory_free_backing(memory);
}

#endif /* EXAMPLES_DEVICE_MEMORY_H */
