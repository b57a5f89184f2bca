// SPDX-License-Identifier: GPL-2.0-only
/* probe-memory.c - the memory of the probe driver's devices */
#include <linux/device.h>
#include <linux/err.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/numa.h>
#include <linux/pagemap.h>
#include <linux/version.h>

#include "probe-device.h"

struct probe_memory probe_memory[PROBE_DEVICES];

struct probe_memory *probe_memory_of(struct page *page)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 15, 0)
	return container_of(page_pgmap(page), struct probe_memory, pagemap);
#else
	return container_of(page->pgmap, struct probe_memory, pagemap);
#endif
}

struct page *probe_backing(struct page *page)
{
	struct probe_memory *memory = probe_memory_of(page);

	return memory->backing[page_to_pfn(page) - PHYS_PFN(memory->region->start)];
}

static void page_free(struct page *page)
{
	struct probe_memory *memory = probe_memory_of(page);

	memory->free[memory->nfree++] = page;
	memory->seen.freed++;
	memory->seen.refcount_in_page_free = page_count(page);
	memory->seen.mapping_in_page_free = page->mapping != NULL;
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
static void folio_free(struct folio *folio)
{
	page_free(folio_page(folio, 0));
}
#endif

static const struct dev_pagemap_ops pagemap_ops = {
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
	.folio_free = folio_free,
#else
	.page_free = page_free,
#endif
	.migrate_to_ram = probe_migrate_to_ram,
};

struct page *probe_page_take(struct probe_memory *memory)
{
	struct page *page;

	if (!memory->nfree)
		return NULL;
	page = memory->free[--memory->nfree];
	memory->seen.free_refcount = page_count(page);
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
	memory->seen.taken_refcount = page_count(page);
	return page;
}

/* Only 5.4 and later have memremap_pages(); 5.3 needs a device for it. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
static struct device probe_parent = { .init_name = "probe-parent" };

static struct resource *request_region(unsigned long size)
{
	if (!probe_parent.kobj.name && device_register(&probe_parent))
		return NULL;
	return devm_request_free_mem_region(&probe_parent, &iomem_resource, size);
}

static void *map_region(struct dev_pagemap *pagemap)
{
	return devm_memremap_pages(&probe_parent, pagemap);
}

static void give_back_region(struct probe_memory *memory)
{
	if (memory != &probe_memory[0])
		return;
	device_unregister(&probe_parent);
	probe_parent = (struct device){ .init_name = "probe-parent" };
}
#else
static struct resource *request_region(unsigned long size)
{
	return request_free_mem_region(&iomem_resource, size, "probe");
}

static void *map_region(struct dev_pagemap *pagemap)
{
	return memremap_pages(pagemap, NUMA_NO_NODE);
}

static void give_back_region(struct probe_memory *memory)
{
	memunmap_pages(&memory->pagemap);
	release_mem_region(memory->region->start, resource_size(memory->region));
}
#endif

static enum memory_type type_of(const struct probe_memory *memory)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 0, 0)
	if (memory == &probe_memory[PROBE_COHERENT])
		return MEMORY_DEVICE_COHERENT;
#endif
	return MEMORY_DEVICE_PRIVATE;
}

int probe_memory_create(struct probe_memory *memory)
{
	memory->region = request_region(PAGES_OF_DEVICE << PAGE_SHIFT);
	if (IS_ERR(memory->region))
		return PTR_ERR(memory->region);
	memory->pagemap = (struct dev_pagemap){
		.type = type_of(memory),
		.ops = &pagemap_ops,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
		.owner = memory,
#endif
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 10, 0)
		.range = { .start = memory->region->start, .end = memory->region->end },
		.nr_range = 1,
#else
		.res = *memory->region,
#endif
	};
	if (IS_ERR(map_region(&memory->pagemap)))
		return -ENOMEM;
	for (memory->nfree = 0; memory->nfree < PAGES_OF_DEVICE; memory->nfree++)
		memory->free[memory->nfree] = pfn_to_page(PHYS_PFN(memory->region->start) +
							  PAGES_OF_DEVICE - 1 - memory->nfree);
	if (type_of(memory) != MEMORY_DEVICE_PRIVATE)
		return 0;
	/* The bytes of the device are made of kernel pages, which belong to nobody else's count. */
	for (int i = 0; i < PAGES_OF_DEVICE; i++) {
		memory->backing[i] = alloc_page(GFP_KERNEL);
		if (!memory->backing[i])
			return -ENOMEM;
	}
	return 0;
}

void probe_memory_destroy(struct probe_memory *memory)
{
	for (int i = 0; i < PAGES_OF_DEVICE; i++)
		if (memory->backing[i])
			__free_page(memory->backing[i]);
	give_back_region(memory);
	*memory = (struct probe_memory){ 0 };
}
