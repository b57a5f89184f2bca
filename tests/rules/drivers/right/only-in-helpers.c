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
	int ret = migrate_vma_setup(&job->args);

	if (ret)
		return ret;
	if (job->args.cpages == job->npages)
		return 0;
	/* All or nothing. */
	memset(job->args.dst, 0, job->npages * sizeof(*job->args.dst));
	migrate_vma_finalize(&job->args);
	return -EAGAIN;
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
	migrate_vma_pages(&job->args);
	migrate_vma_finalize(&job->args);
}

int whole_job(struct job *job)
{
	int ret = job_begin(job);

	if (ret)
		return ret;
	job_copy(job);
	job_end(job);
	return 0;
}

int job_on_the_stack(struct drv *drv, struct vm_area_struct *vma)
{
	struct job job = { .drv = drv, .npages = 1 };
	int ret = job_begin(&job);

	if (ret)
		return ret;
	job_copy(&job);
	job_end(&job);
	return 0;
}

static int args_begin(struct migrate_vma *args)
{
	return migrate_vma_setup(args);
}

static void args_end(struct migrate_vma *args)
{
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

int only_a_pointer(struct drv *drv, struct migrate_vma *args)
{
	int ret = args_begin(args);

	if (ret)
		return ret;
	if (args->cpages)
		drv_copy_in(drv, args);
	args_end(args);
	return 0;
}
