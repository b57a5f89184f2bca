// SPDX-License-Identifier: GPL-2.0-only
/* A copy engine that is waited for, and whose pages are unmapped. */
/* target: 7.2 */
#include <linux/completion.h>
#include <linux/dma-mapping.h>

#include "../drv.h"

struct drv_job {
	struct completion fence;
	struct completion *kept;
	struct completion own;
	dma_addr_t address;
};

void drv_start_job(struct drv *drv, struct drv_job *job);
void drv_wait_for(struct completion *fence);

static void unmap(struct device *device, struct drv_job *job)
{
	dma_unmap_page(device, job->address, PAGE_SIZE, DMA_TO_DEVICE);
}

int waited_for_and_unmapped(struct device *device, struct drv *drv, struct migrate_vma *args)
{
	struct drv_job job;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	init_completion(&job.fence);
	job.address = dma_map_page(device, migrate_pfn_to_page(args->src[0]), 0, PAGE_SIZE,
				   DMA_TO_DEVICE);
	drv_start_job(drv, &job);
	args->dst[0] = drv_copy_one(drv, args->src[0]);
	if (!wait_for_completion_timeout(&job.fence, 100))
		drv_log(drv, -EIO);
	unmap(device, &job);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

void waited_for_by_somebody_else(struct drv *drv, struct drv_job *job)
{
	init_completion(&job->own);
	job->kept = &job->own;
	drv_start_job(drv, job);
	drv_wait_for(job->kept);
}
