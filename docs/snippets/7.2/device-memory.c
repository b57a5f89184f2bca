// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/err.h>
#include <linux/ioport.h>
#include <linux/numa.h>

/* Makes struct pages for the device's memory; ops and owner are set already. */
int drv_create_memory(struct drv *drv)
{
	struct resource *region;
	void *address;

	region = request_free_mem_region(&iomem_resource, drv->nr_pages << PAGE_SHIFT, "drv");
	if (IS_ERR(region))
		return PTR_ERR(region);

	drv->pagemap.type = MEMORY_DEVICE_PRIVATE;
	drv->pagemap.range.start = region->start;
	drv->pagemap.range.end = region->end;
	drv->pagemap.nr_range = 1;
	address = memremap_pages(&drv->pagemap, NUMA_NO_NODE);
	if (IS_ERR(address)) {
		release_mem_region(region->start, resource_size(region));
		return PTR_ERR(address);
	}

	drv->first_pfn = region->start >> PAGE_SHIFT;
	return 0;
}

/* No page of the memory is in use any more. */
void drv_destroy_memory(struct drv *drv)
{
	u64 start = drv->pagemap.range.start;
	u64 size = drv->pagemap.range.end - start + 1;

	memunmap_pages(&drv->pagemap);
	release_mem_region(start, size);
}
