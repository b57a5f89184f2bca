// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/ioport.h>

/* Addresses for the struct pages of the device's memory; they are free again when the device goes. */
int drv_claim_addresses(struct drv *drv, struct device *dev)
{
	struct resource *region;

	region = devm_request_free_mem_region(dev, &iomem_resource, drv->nr_pages << PAGE_SHIFT);
	if (IS_ERR(region))
		return PTR_ERR(region);

	drv->pagemap.range.start = region->start;
	drv->pagemap.range.end = region->end;
	drv->pagemap.nr_range = 1;
	return 0;
}
