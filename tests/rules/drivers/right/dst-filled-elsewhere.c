// SPDX-License-Identifier: GPL-2.0-only
/* Ways in which dst is filled by code that is not seen, or not in the function itself. */
/* target: 7.2 */
#include "../drv.h"

struct drv_job {
	struct drv *drv;
	unsigned long *words;
	unsigned long *dst;
};

void drv_run_job(struct drv_job *job);
void drv_fill_own(struct drv *drv);
void drv_fill_words(unsigned long *words, unsigned long count);

static unsigned long drv_dst[DRV_CHUNK_PAGES];

int through_a_struct_of_the_driver(struct drv *drv, struct migrate_vma *args)
{
	struct drv_job job = { .drv = drv, .words = args->dst };
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_run_job(&job);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int through_a_member_that_is_set(struct drv *drv, struct migrate_vma *args)
{
	struct drv_job job;
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	job.drv = drv;
	job.dst = args->dst;
	drv_run_job(&job);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int in_an_array_of_the_driver(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	args->dst = drv->dst;
	ret = migrate_vma_setup(args);
	if (ret)
		return ret;
	drv_fill_own(drv);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int in_an_array_of_the_file(struct drv *drv, struct migrate_vma *args)
{
	int ret;

	args->dst = drv_dst;
	ret = migrate_vma_setup(args);
	if (ret)
		return ret;
	drv_start_copy(drv);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

int from_the_middle_on(struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	drv_fill_words(&args->dst[args->npages / 2], args->npages / 2);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

/* The first half by one call, the second by another. */
static void fill(struct drv *drv, struct migrate_vma *args, unsigned long from, unsigned long to)
{
	unsigned long i;

	for (i = from; i < to; i++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page)
			continue;
		drv_copy(drv, page, args->src[i]);
		args->dst[i] = migrate_pfn(page_to_pfn(page));
	}
}

int in_two_halves(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(drv, args, 0, args->npages / 2);
	fill(drv, args, args->npages / 2, args->npages);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

/* The second migration has the words to itself. */
int again_for_the_next_range(struct drv *drv, struct migrate_vma *args)
{
	int ret = migrate_vma_setup(args);

	if (ret)
		return ret;
	fill(drv, args, 0, args->npages);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	args->start = args->end;
	args->end += DRV_CHUNK;
	ret = migrate_vma_setup(args);
	if (ret)
		return ret;
	fill(drv, args, 0, args->npages);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

struct batch {
	struct migrate_vma *args;
	void (*pick)(struct batch *batch, unsigned long i);
};

static void pick_one(struct batch *batch, unsigned long i)
{
	struct migrate_vma *args = batch->args;
	struct page *page = drv_get_locked_page(NULL);

	if (page)
		args->dst[i] = migrate_pfn(page_to_pfn(page));
}

/* What is called through a member fills it by way of another struct. */
static int filled_through_a_pointer(struct batch *batch)
{
	int ret = migrate_vma_setup(batch->args);
	unsigned long i;

	if (ret)
		return ret;
	batch->pick = pick_one;
	for (i = 0; i < batch->args->npages; i++)
		batch->pick(batch, i);
	migrate_vma_pages(batch->args);
	migrate_vma_finalize(batch->args);
	return 0;
}

int start_batch(struct batch *batch)
{
	return filled_through_a_pointer(batch);
}

/* What READ_ONCE() gives may be 0 or not: the member is set all the same. */
int arrays_are_read_once(struct drv *drv, struct vm_area_struct *vma)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = vma->vm_start,
		.end = vma->vm_start + DRV_CHUNK,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	args.src = READ_ONCE(drv->src);
	args.dst = READ_ONCE(drv->dst);
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	fill(drv, &args, 0, args.npages);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}
