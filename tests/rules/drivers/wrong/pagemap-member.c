// SPDX-License-Identifier: GPL-2.0-only
/* A pagemap has what memremap_pages() asks for. */
/* target: 7.2 */
#include "../drv.h"

int neither_owner_nor_number_of_ranges(struct drv *drv, struct resource *res)
{
	drv->pgmap.type = MEMORY_DEVICE_PRIVATE;
	drv->pgmap.range.start = res->start;
	drv->pgmap.range.end = res->end;
	drv->pgmap.ops = &drv_pgmap_ops;
	return PTR_ERR_OR_ZERO(memremap_pages(&drv->pgmap, 0)); /* wrong: pagemap-member */
}
