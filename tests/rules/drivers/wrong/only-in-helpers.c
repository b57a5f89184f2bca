// SPDX-License-Identifier: GPL-2.0-only
/* A function that makes none of the steps itself: it hands the migration to others. */
/* target: 7.2 */
#include "../drv.h"

struct job {
	struct migrate_vma args;
	struct drv *drv;
	unsigned long npages;
};

static int job_begin(struct job *job)
{
	return migrate_vma_setup(&job->args);
}

static void job_copy(struct job *job)
{
	unsigned long i;

	for (i = 0; i < job->npages; i++) {
		struct page *page = drv_find_page(job->drv);

		lock_page(page);
		job->args.dst[i] = migrate_pfn(page_to_pfn(page));
	}
}

static void job_end(struct job *job)
{
	migrate_vma_finalize(&job->args); /* wrong: pages-skipped */
}

int pages_are_forgotten(struct job *job)
{
	int ret = job_begin(job);

	if (ret)
		return ret;
	job_copy(job);
	job_end(job);
	return 0;
}

static void other_end(struct job *other)
{
	migrate_vma_pages(&other->args);
	migrate_vma_finalize(&other->args);
}

int end_is_forgotten(struct drv *drv, struct vm_area_struct *vma)
{
	struct job job = { .drv = drv, .npages = 1 };
	int ret = job_begin(&job);

	if (ret)
		return ret;
	if (drv_start_copy(drv))
		return -EBUSY; /* wrong: return-inside */
	job_copy(&job);
	other_end(&job);
	return 0;
}
