/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * conformance-coherent.h - device C, whose memory the CPU can reach (6.0).
 *
 * The pages of such a device are memory by themselves, so that nothing is behind them.  On a real
 * kernel somebody has to say which physical memory nobody else uses.
 */
#ifndef CONFORMANCE_COHERENT_H
#define CONFORMANCE_COHERENT_H

#include <linux/memremap.h>
#include <linux/module.h>
#include <linux/sizes.h>

#include "../device-memory.h"

static unsigned long coherent_memory;
module_param(coherent_memory, ulong, 0444);
MODULE_PARM_DESC(coherent_memory, "Physical address of 2 MiB of memory that Linux was told to leave alone");

static const struct dev_pagemap_ops coherent_pagemap_ops = {
	DEVICE_MEMORY_FREE,
};

static inline int coherent_request_region(struct device_memory *memory)
{
	memory->region = coherent_memory ?
		request_mem_region(coherent_memory, SZ_2M, "device-memory") :
		request_free_mem_region(&iomem_resource, SZ_2M, "device-memory");
	return memory->region ? PTR_ERR_OR_ZERO(memory->region) : -EBUSY;
}

/**
 * coherent_create() - set up the memory of device C
 * @memory: zeroed
 * @nr_pages: how much of it
 *
 * Return: 0, or an error, and then @memory has no pages.
 */
static inline int coherent_create(struct device_memory *memory, unsigned long nr_pages)
{
	void *address;
	int ret;

	spin_lock_init(&memory->lock);
	memory->pagemap.type = MEMORY_DEVICE_COHERENT;
	memory->pagemap.ops = &coherent_pagemap_ops;
	memory->pagemap.owner = memory;

	ret = coherent_request_region(memory);
	if (ret)
		return ret;
	device_memory_set_range(memory);
	address = device_memory_map(memory);
	if (IS_ERR(address)) {
		device_memory_release_region(memory);
		return PTR_ERR(address);
	}

	memory->nr_pages = nr_pages;
	for (; nr_pages > 0; nr_pages--) {
		struct page *page = pfn_to_page(memory->first_pfn + nr_pages - 1);

		page->zone_device_data = memory->free;
		memory->free = page;
		memory->nr_free++;
	}
	return 0;
}

static inline void coherent_destroy(struct device_memory *memory)
{
	device_memory_unmap(memory);
	device_memory_release_region(memory);
}

#endif /* CONFORMANCE_COHERENT_H */
