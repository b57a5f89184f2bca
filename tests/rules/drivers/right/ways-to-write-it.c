// SPDX-License-Identifier: GPL-2.0-only
/* The same migration, as different people write it. */
/* target: 7.2 */
#include "../drv.h"

struct job {
	struct migrate_vma migrate;
	struct drv *drv;
	unsigned long src[DRV_CHUNK_PAGES];
	unsigned long dst[DRV_CHUNK_PAGES];
};

static void job_prepare(struct job *job, struct vm_area_struct *vma, unsigned long start,
			unsigned long end)
{
	job->migrate.vma = vma;
	job->migrate.start = start;
	job->migrate.end = end;
	job->migrate.src = job->src;
	job->migrate.dst = job->dst;
	job->migrate.pgmap_owner = job->drv;
	job->migrate.flags = MIGRATE_VMA_SELECT_SYSTEM;
}

int give_up_before_dst(struct drv *drv, struct vm_area_struct *vma,
		       unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret;

	ret = migrate_vma_setup(&args);
	if (ret < 0)
		return ret;
	if (!args.cpages)
		goto out;
	if (drv_start_copy(drv))
		goto finalize;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
finalize:
	migrate_vma_finalize(&args);
out:
	return ret;
}

int counted(struct drv *drv, struct vm_area_struct *vma,
	    unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i, n = (end - start) >> PAGE_SHIFT;
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	for (i = 0; i < n; i++)
		if (drv->src[i] & MIGRATE_PFN_MIGRATE)
			drv->moved++;
	migrate_vma_finalize(&args);
	return 0;
}

int middle_cleared(struct drv *drv, struct vm_area_struct *vma,
		   unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	unsigned long i, n = (end - start) >> PAGE_SHIFT;
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	for (i = 0; i < n; i++) {
		struct page *page = drv_get_locked_page(drv);

		if (!page) {
			ret = -ENOMEM;
			break;
		}
		drv->dst[i] = migrate_pfn(page_to_pfn(page));
	}
	if (ret) {
		while (i--) {
			struct page *page = migrate_pfn_to_page(drv->dst[i]);

			unlock_page(page);
			put_page(page);
			drv->dst[i] = 0;
		}
	} else {
		migrate_vma_pages(&args);
	}
	migrate_vma_finalize(&args);
	return ret;
}

vm_fault_t fault_right(struct vm_fault *vmf)
{
	struct drv *drv = drv_of_page(vmf->page);
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = { 0 };
	struct page *page;
	bool bad;

	args.vma = vmf->vma;
	args.start = vmf->address;
	args.end = vmf->address + PAGE_SIZE;
	args.src = &src;
	args.dst = &dst;
	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	args.fault_page = vmf->page;
	bad = migrate_vma_setup(&args) != 0;
	if (bad)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		page = alloc_page_vma(GFP_HIGHUSER, args.vma, args.start);
		if (page) {
			lock_page(page);
			if (drv_copy(drv, page, src)) {
				unlock_page(page);
				__free_page(page);
			} else {
				dst = migrate_pfn(page_to_pfn(page));
			}
		}
		migrate_vma_pages(&args);
	}
	migrate_vma_finalize(&args);
	return dst ? 0 : VM_FAULT_OOM;
}

int reuse(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = 0;

	args.start = start;
	while (args.start < end) {
		args.end = min(args.start + DRV_CHUNK, end);
		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		if (args.cpages) {
			drv_copy_in(drv, &args);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
		}
		args.start = args.end;
	}
	return ret;
}

int late_lock(struct drv *drv, struct vm_area_struct *vma,
	      unsigned long start, unsigned long end)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	struct page *page;
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	page = alloc_page_vma(GFP_HIGHUSER, vma, start);
	if (page) {
		drv->dst[0] = migrate_pfn(page_to_pfn(page));
		lock_page(page);
		copy_highpage(page, migrate_pfn_to_page(drv->src[0]));
	}
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int by_direction(struct drv *drv, struct vm_area_struct *vma,
		 unsigned long start, unsigned long end, bool out)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = drv->src,
		.dst = drv->dst,
		.pgmap_owner = drv,
	};
	int ret;

	if (out)
		args.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE;
	else
		args.flags |= MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
	}
	migrate_vma_finalize(&args);
	return 0;
}

int with_memset(struct drv *drv, struct vm_area_struct *vma,
		unsigned long start, unsigned long end)
{
	struct migrate_vma args;
	int ret;

	memset(&args, 0, sizeof(args));
	memset(drv->src, 0, DRV_CHUNK_PAGES * sizeof(*drv->src));
	args.vma = vma;
	args.start = start;
	args.end = end;
	args.src = drv->src;
	args.dst = drv->dst;
	args.pgmap_owner = drv;
	args.flags = MIGRATE_VMA_SELECT_SYSTEM;
	ret = migrate_vma_setup(&args);
	switch (ret) {
	case 0:
		break;
	default:
		return ret;
	}
	if (args.cpages == 0)
		return -EBUSY;
	drv_copy_in(drv, &args);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
}

int kmalloced(struct drv *drv, struct vm_area_struct *vma,
	      unsigned long start, unsigned long end)
{
	unsigned long n = (end - start) >> PAGE_SHIFT;
	unsigned long *src = kcalloc(n, sizeof(*src), GFP_KERNEL);
	unsigned long *dst = kcalloc(n, sizeof(*dst), GFP_KERNEL);
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = end,
		.src = src,
		.dst = dst,
		.pgmap_owner = drv,
		.flags = MIGRATE_VMA_SELECT_SYSTEM,
	};
	int ret = -ENOMEM;

	if (!src || !dst)
		goto free;
	ret = migrate_vma_setup(&args);
	if (ret)
		goto free;
	if (args.cpages) {
		drv_copy_in(drv, &args);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
free:
	kfree(src);
	kfree(dst);
	return ret;
}

int by_job(struct drv *drv, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct job *job = kzalloc(sizeof(*job), GFP_KERNEL);
	int ret;

	if (!job)
		return -ENOMEM;
	job->drv = drv;
	job_prepare(job, vma, start, end);
	ret = migrate_vma_setup(&job->migrate);
	if (ret)
		goto free;
	if (!job->migrate.cpages)
		goto free;
	drv_copy_in(drv, &job->migrate);
	migrate_vma_pages(&job->migrate);
	migrate_vma_finalize(&job->migrate);
free:
	kfree(job);
	return ret;
}

static int job_begin(struct job *job)
{
	int ret = migrate_vma_setup(&job->migrate);

	if (ret)
		return ret;
	if (!job->migrate.cpages)
		return -EAGAIN;
	return 0;
}

static void job_end(struct job *job)
{
	migrate_vma_pages(&job->migrate);
	migrate_vma_finalize(&job->migrate);
}

int in_parts(struct job *job, struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	int ret;

	memset(&job->migrate, 0, sizeof(job->migrate));
	job_prepare(job, vma, start, end);
	ret = job_begin(job);
	if (ret == -EAGAIN)
		return 0;
	if (ret)
		return ret;
	drv_copy_in(job->drv, &job->migrate);
	job_end(job);
	return 0;
}

int with_retry(struct drv *drv, struct vm_area_struct *vma,
	       unsigned long start, unsigned long end)
{
	unsigned int tries = 3;
	int ret;

	do {
		struct migrate_vma args = {
			.vma = vma,
			.start = start,
			.end = end,
			.src = drv->src,
			.dst = drv->dst,
			.pgmap_owner = drv,
			.flags = MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages == args.npages) {
			drv_copy_in(drv, &args);
			migrate_vma_pages(&args);
			migrate_vma_finalize(&args);
			return 0;
		}
		migrate_vma_finalize(&args);
	} while (--tries);
	return -EBUSY;
}
