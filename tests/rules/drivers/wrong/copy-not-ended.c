// SPDX-License-Identifier: GPL-2.0-only
/* An engine of the device copies, and nobody waits for it or unmaps its pages. */
/* target: 7.2 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>

#include "../drv.h"

struct drv_job {
	struct completion fence;
	dma_addr_t address;
	unsigned long count;
};

void drv_start_job(struct drv *drv, struct drv_job *job);

void job_is_done(struct drv_job *job)
{
	complete(&job->fence);
}

int nobody_waits(struct drv *drv, struct migrate_vma *args)
{
	struct drv_job job = { .count = 0 };
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	init_completion(&job.fence); /* wrong: copy-not-awaited */
	drv_start_job(drv, &job);
	args->dst[0] = drv_copy_one(drv, args->src[0]);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int nobody_unmaps(struct device *device, struct drv *drv, struct page *page)
{
	struct drv_job job = { .count = 1 };

	job.address = dma_map_page(device, page, 0, PAGE_SIZE, DMA_TO_DEVICE); /* wrong: dma-not-unmapped */
	if (dma_mapping_error(device, job.address))
		return -EIO;
	drv_start_job(drv, &job);
	return 0;
}
