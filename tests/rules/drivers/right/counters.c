// SPDX-License-Identifier: GPL-2.0-only
/* A driver that counts the pages in dst may skip migrate_vma_pages() when there are none. */
/* target: 7.2 */
#include "../drv.h"

struct counters_job {
	unsigned long copied;
	int error;
};

static void fill_and_count(struct drv *drv, struct migrate_vma *args, unsigned long *count)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = drv_get_locked_page(drv);
		if (!page)
			continue;
		args->dst[i] = migrate_pfn(page_to_pfn(page));
		(*count)++;
	}
}

int count_is_an_out_parameter(struct drv *drv, struct migrate_vma *args)
{
	unsigned long count = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill_and_count(drv, args, &count);
	if (count)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static int pass_on(struct drv *drv, struct migrate_vma *args, unsigned long *count)
{
	fill_and_count(drv, args, count);
	return *count ? 0 : -ENOMEM;
}

int count_goes_through_two_helpers(struct drv *drv, struct migrate_vma *args)
{
	unsigned long count = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	ret = pass_on(drv, args, &count);
	if (!count)
		goto out;
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

static void fill_for_job(struct drv *drv, struct migrate_vma *args, struct counters_job *job)
{
	unsigned long i;

	for (i = 0; i < args->npages; i++) {
		struct page *page;

		if (!(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = drv_get_locked_page(drv);
		if (!page) {
			job->error = -ENOMEM;
			continue;
		}
		args->dst[i] = migrate_pfn(page_to_pfn(page));
		job->copied++;
	}
}

int count_is_a_member_of_a_struct_on_the_stack(struct drv *drv, struct migrate_vma *args)
{
	struct counters_job job = { .error = 0 };
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill_for_job(drv, args, &job);
	if (job.copied)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return job.error;
}

int count_is_cleared_with_its_struct(struct drv *drv, struct migrate_vma *args)
{
	struct counters_job job;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	memset(&job, 0, sizeof(job));
	fill_for_job(drv, args, &job);
	if (job.copied)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return job.error;
}

int count_is_a_member_behind_a_pointer(struct drv *drv, struct migrate_vma *args,
				       struct counters_job *job)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	job->copied = 0;
	fill_for_job(drv, args, job);
	if (job->copied)
		migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int a_loop_of_its_own_counts(struct drv *drv, struct migrate_vma *args)
{
	unsigned long i, count = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_copy_in(drv, args);
	for (i = 0; i < args->npages; i++)
		args->dst[i] = args->dst[i] ? drv_copy_one(drv, args->src[i]) : 0;
	for (i = 0; i < args->npages; i++)
		if (migrate_pfn_to_page(args->dst[i]))
			count++;
	if (!count)
		goto out;
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return 0;
}

/* Allocates first, locks and counts in a second loop, and takes everything back on an error. */
static int populate(struct drv *drv, unsigned long npages, unsigned long *locked,
		    unsigned long *src, unsigned long *dst)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *page;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		page = alloc_page(GFP_HIGHUSER);
		if (!page)
			goto take_back;
		dst[i] = migrate_pfn(page_to_pfn(page));
	}
	for (i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(dst[i]);

		if (!page)
			continue;
		WARN_ON_ONCE(!trylock_page(page));
		++*locked;
	}
	return 0;

take_back:
	for (i = 0; i < npages; i++) {
		struct page *page = migrate_pfn_to_page(dst[i]);

		if (!page)
			continue;
		put_page(page);
		dst[i] = 0;
	}
	return -ENOMEM;
}

int pages_are_locked_and_counted_by_a_second_loop(struct drv *drv, struct migrate_vma *args)
{
	unsigned long locked = 0;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	if (!args->cpages)
		return 0;
	ret = populate(drv, args->npages, &locked, args->src, args->dst);
	if (ret || !locked)
		goto out;
	migrate_vma_pages(args);
out:
	migrate_vma_finalize(args);
	return ret;
}

int device_pages_are_counted(struct drv *drv, unsigned long *src, unsigned long *dst)
{
	unsigned long locked = 0;
	int ret = migrate_device_range(src, drv->start, DRV_CHUNK_PAGES);

	if (ret)
		return ret;
	ret = populate(drv, DRV_CHUNK_PAGES, &locked, src, dst);
	if (!ret && locked)
		migrate_device_pages(src, dst, DRV_CHUNK_PAGES);
	migrate_device_finalize(src, dst, DRV_CHUNK_PAGES);
	return ret;
}
