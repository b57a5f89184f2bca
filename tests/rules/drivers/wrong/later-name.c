// SPDX-License-Identifier: GPL-2.0-only
/* Names that Linux 5.7 does not have yet. */
/* target: 5.7 */
/* compiled: no */
#include "../drv.h"

int flags_of_5_9(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv, /* wrong: later-name */
		.flags = MIGRATE_VMA_SELECT_SYSTEM, /* wrong: later-name */
	};
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

void init_of_6_1(struct page *page)
{
	zone_device_page_init(page); /* wrong: later-name */
}

void range_of_6_1(unsigned long *src, unsigned long *dst, unsigned long first)
{
	migrate_device_range(src, first, 1); /* wrong: later-name */
	migrate_device_pages(src, dst, 1); /* wrong: later-name */
	migrate_device_finalize(src, dst, 1); /* wrong: later-name */
}
