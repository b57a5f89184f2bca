// SPDX-License-Identifier: GPL-2.0-only
/*
 * async-copy - the device copies on its own, and a fence says when it is done.
 *
 * A copy engine takes a list of copies and works it off while the CPU does something else.  So a
 * driver hands over the list in the copy part of a migration, lets the kernel go on, and waits for
 * the engine in the last part, just before the program may touch its memory again.
 *
 * What makes this right is where things may fail.  The engine may refuse a list: then the driver
 * takes its destinations back, and the pages stay where they are.  A list that it has taken it
 * works off whatever happens, because once the kernel has committed the destinations there is no
 * way back to the old pages.
 *
 * The device reaches system memory by DMA: the page is mapped for it when a copy is added to the
 * list, and unmapped when the fence has been waited for.
 *
 * The engine here is a kernel thread, and the fence a struct completion; real hardware has a struct
 * dma_fence, and gets the addresses that are only kept here.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
 */
#include <linux/completion.h>
#include <linux/device.h>
#include <linux/dma-mapping.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/workqueue.h>

#include "../device-memory.h"
#include "async-copy-ioctl.h"

#define ASYNC_COPY_DEVICE_PAGES	64
#define ASYNC_COPY_JOB_PAGES	16UL
#define ASYNC_COPY_JOB_SIZE	(ASYNC_COPY_JOB_PAGES << PAGE_SHIFT)

/**
 * struct async_copy_device - the device
 * @device: what reads and writes system memory
 * @memory: its memory
 * @misc: its file in /dev
 * @engine: what works the jobs off, one after the other
 * @lock: protects all members below
 * @jobs_to_refuse: how many of the next jobs the engine will not take
 * @statistics: what the device did so far; free_pages is not kept up to date
 */
struct async_copy_device {
	struct platform_device *device;
	struct device_memory memory;
	struct miscdevice misc;
	struct workqueue_struct *engine;
	struct mutex lock;
	unsigned long jobs_to_refuse;
	struct async_copy_statistics statistics;
};

static struct async_copy_device async_copy;

/**
 * struct async_copy_job - a list of copies, and the fence behind it
 * @work: for the engine, which owns the job until @fence
 * @fence: completed when all copies are done
 * @taken: the engine has it, so that there is something to wait for
 * @nr_copies: length of the list
 * @to: the page to write, for each copy
 * @from: the page to read, NULL to clear the other
 * @address: where the device finds the one of them that is system memory
 * @direction: which one that is: @from for DMA_TO_DEVICE, @to for DMA_FROM_DEVICE
 * @moved: pages that have arrived
 */
struct async_copy_job {
	struct work_struct work;
	struct completion fence;
	bool taken;
	unsigned long nr_copies;
	struct page *to[ASYNC_COPY_JOB_PAGES];
	struct page *from[ASYNC_COPY_JOB_PAGES];
	dma_addr_t address[ASYNC_COPY_JOB_PAGES];
	enum dma_data_direction direction;
	unsigned long moved;
};

static void async_copy_run(struct work_struct *work)
{
	struct async_copy_job *job = container_of(work, struct async_copy_job, work);
	unsigned long i;

	for (i = 0; i < job->nr_copies; i++) {
		if (job->from[i])
			copy_highpage(job->to[i], job->from[i]);
		else
			clear_highpage(job->to[i]);
	}
	complete(&job->fence);
}

/* Makes a job ready for its first copies. */
static void async_copy_begin(struct async_copy_job *job, enum dma_data_direction direction)
{
	INIT_WORK(&job->work, async_copy_run);
	init_completion(&job->fence);
	job->taken = false;
	job->direction = direction;
	job->nr_copies = 0;
	job->moved = 0;
}

/* Adds a copy, and maps its page of system memory for the device: 0, or -EIO and it is not added. */
static int async_copy_add(struct async_copy_job *job, struct page *to, struct page *from)
{
	struct page *page = job->direction == DMA_TO_DEVICE ? from : to;
	struct device *device = &async_copy.device->dev;
	dma_addr_t address = 0;

	if (page) {
		address = dma_map_page(device, page, 0, PAGE_SIZE, job->direction);
		if (dma_mapping_error(device, address))
			return -EIO;
	}
	job->to[job->nr_copies] = to;
	job->from[job->nr_copies] = from;
	job->address[job->nr_copies] = address;
	job->nr_copies++;
	return 0;
}

/* The device is done with the list, or never gets it. */
static void async_copy_unmap(struct async_copy_job *job)
{
	unsigned long i;

	for (i = 0; i < job->nr_copies; i++) {
		/* What is cleared comes from nowhere. */
		if (job->direction == DMA_FROM_DEVICE || job->from[i])
			dma_unmap_page(&async_copy.device->dev, job->address[i], PAGE_SIZE,
				       job->direction);
	}
}

/* Hands a job to the engine: 0, or -EBUSY and nothing will be copied. */
static int async_copy_submit(struct async_copy_job *job)
{
	int ret = 0;

	mutex_lock(&async_copy.lock);
	if (async_copy.jobs_to_refuse) {
		async_copy.jobs_to_refuse--;
		async_copy.statistics.refused_jobs++;
		ret = -EBUSY;
	} else {
		async_copy.statistics.jobs++;
		async_copy.statistics.copies += job->nr_copies;
		job->taken = true;
	}
	mutex_unlock(&async_copy.lock);

	if (ret)
		async_copy_unmap(job);
	else
		queue_work(async_copy.engine, &job->work);
	return ret;
}

static void async_copy_wait(struct async_copy_job *job)
{
	if (!job->taken)
		return;
	wait_for_completion(&job->fence);
	async_copy_unmap(job);
}

static void async_copy_to_device_alloc_and_copy(struct vm_area_struct *vma,
						const unsigned long *src,
						unsigned long *dst,
						unsigned long start,
						unsigned long end,
						void *private)
{
	struct async_copy_job *job = private;
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		/* Already there. */
		if (spage && is_device_private_page(spage))
			continue;

		dpage = device_memory_alloc(&async_copy.memory);
		if (!dpage)
			break;
		if (async_copy_add(job, device_memory_backing(dpage), spage)) {
			unlock_page(dpage);
			put_page(dpage);
			break;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
	}

	if (!job->nr_copies || !async_copy_submit(job))
		return;

	for (i = 0; i < npages; i++) {
		struct page *dpage = migrate_pfn_to_page(dst[i]);

		if (!dpage)
			continue;
		unlock_page(dpage);
		put_page(dpage);
		dst[i] = 0;
	}
}

static void async_copy_to_device_finalize_and_map(struct vm_area_struct *vma,
						  const unsigned long *src,
						  const unsigned long *dst,
						  unsigned long start,
						  unsigned long end,
						  void *private)
{
	struct async_copy_job *job = private;
	unsigned long i;

	/* After this function the program reads what the engine wrote. */
	async_copy_wait(job);

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (src[i] & MIGRATE_PFN_MIGRATE)
			job->moved++;
	}

	mutex_lock(&async_copy.lock);
	async_copy.statistics.to_device += job->moved;
	mutex_unlock(&async_copy.lock);
}

static const struct migrate_vma_ops async_copy_to_device_ops = {
	.alloc_and_copy		= async_copy_to_device_alloc_and_copy,
	.finalize_and_map	= async_copy_to_device_finalize_and_map,
};

static int async_copy_to_device(struct async_copy_job *job, unsigned long start,
				unsigned long end, __u64 *moved)
{
	unsigned long src[ASYNC_COPY_JOB_PAGES], dst[ASYNC_COPY_JOB_PAGES];
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	unsigned long addr;
	int ret = 0;

	mmap_read_lock(mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	vma = find_vma(mm, start);
	for (addr = start; addr < end; addr += ASYNC_COPY_JOB_SIZE) {
		unsigned long next = min(end, addr + ASYNC_COPY_JOB_SIZE);

		async_copy_begin(job, DMA_TO_DEVICE);
		ret = migrate_vma(&async_copy_to_device_ops, vma, addr, next, src, dst, job);
		if (ret)
			break;
		*moved += job->moved;
	}
	mmap_read_unlock(mm);

	return ret;
}

static void async_copy_to_system_alloc_and_copy(struct vm_area_struct *vma,
						const unsigned long *src,
						unsigned long *dst,
						unsigned long start,
						unsigned long end,
						void *private)
{
	struct async_copy_job *job = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	/* Another thread's fault was faster, or somebody else holds the page. */
	if (!spage || !(*src & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
		return;

	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}

	lock_page(dpage);
	if (async_copy_add(job, dpage, device_memory_backing(spage)) ||
	    async_copy_submit(job)) {
		unlock_page(dpage);
		put_page(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void async_copy_to_system_finalize_and_map(struct vm_area_struct *vma,
						  const unsigned long *src,
						  const unsigned long *dst,
						  unsigned long start,
						  unsigned long end,
						  void *private)
{
	struct async_copy_job *job = private;

	async_copy_wait(job);

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;

	mutex_lock(&async_copy.lock);
	async_copy.statistics.to_system++;
	mutex_unlock(&async_copy.lock);
}

static const struct migrate_vma_ops async_copy_to_system_ops = {
	.alloc_and_copy		= async_copy_to_system_alloc_and_copy,
	.finalize_and_map	= async_copy_to_system_finalize_and_map,
};

static vm_fault_t async_copy_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct async_copy_job *job;
	int ret;

	job = kzalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return VM_FAULT_OOM;

	async_copy_begin(job, DMA_FROM_DEVICE);
	ret = migrate_vma(&async_copy_to_system_ops, vmf->vma, vmf->address,
			  vmf->address + PAGE_SIZE, &src, &dst, job);
	kfree(job);
	if (ret || dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;

	return 0;
}

static const struct dev_pagemap_ops async_copy_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= async_copy_migrate_to_ram,
};

static long async_copy_ioctl_to_device(void __user *argument)
{
	struct async_copy_range range;
	struct async_copy_job *job;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start;
	end = range.start + range.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start)
		return -EINVAL;

	job = kzalloc(sizeof(*job), GFP_KERNEL);
	if (!job)
		return -ENOMEM;
	range.moved = 0;
	ret = async_copy_to_device(job, start, end, &range.moved);
	kfree(job);
	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static long async_copy_ioctl_refuse_jobs(unsigned long jobs)
{
	mutex_lock(&async_copy.lock);
	async_copy.jobs_to_refuse = jobs;
	mutex_unlock(&async_copy.lock);

	return 0;
}

static long async_copy_ioctl_statistics(void __user *argument)
{
	struct async_copy_statistics statistics;

	mutex_lock(&async_copy.lock);
	statistics = async_copy.statistics;
	mutex_unlock(&async_copy.lock);
	statistics.free_pages = device_memory_nr_free(&async_copy.memory);

	return copy_to_user(argument, &statistics, sizeof(statistics)) ? -EFAULT : 0;
}

static long async_copy_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	switch (command) {
	case ASYNC_COPY_TO_DEVICE:
		return async_copy_ioctl_to_device((void __user *)argument);
	case ASYNC_COPY_REFUSE_JOBS:
		return async_copy_ioctl_refuse_jobs(argument);
	case ASYNC_COPY_STATISTICS:
		return async_copy_ioctl_statistics((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations async_copy_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= async_copy_ioctl,
};

static int __init async_copy_init(void)
{
	int ret;

	mutex_init(&async_copy.lock);
	async_copy.device = platform_device_register_simple("async-copy", -1, NULL, 0);
	if (IS_ERR(async_copy.device))
		return PTR_ERR(async_copy.device);
	ret = dma_coerce_mask_and_coherent(&async_copy.device->dev, DMA_BIT_MASK(64));
	if (ret)
		goto err_device;

	async_copy.engine = alloc_ordered_workqueue("async-copy", WQ_MEM_RECLAIM);
	if (!async_copy.engine) {
		ret = -ENOMEM;
		goto err_device;
	}

	async_copy.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	async_copy.memory.pagemap.ops = &async_copy_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	async_copy.memory.pagemap.owner = &async_copy;
#endif
	ret = device_memory_create(&async_copy.memory, ASYNC_COPY_DEVICE_PAGES);
	if (ret)
		goto err_engine;

	async_copy.misc.minor = MISC_DYNAMIC_MINOR;
	async_copy.misc.name = "async-copy";
	async_copy.misc.fops = &async_copy_file_operations;
	ret = misc_register(&async_copy.misc);
	if (ret)
		goto err_memory;

	return 0;

err_memory:
	device_memory_destroy(&async_copy.memory);
err_engine:
	destroy_workqueue(async_copy.engine);
err_device:
	platform_device_unregister(async_copy.device);
	return ret;
}

static void __exit async_copy_exit(void)
{
	misc_deregister(&async_copy.misc);
	device_memory_destroy(&async_copy.memory);
	destroy_workqueue(async_copy.engine);
	platform_device_unregister(async_copy.device);
}

module_init(async_copy_init);
module_exit(async_copy_exit);
MODULE_DESCRIPTION("Example: the device copies on its own, and a fence says when it is done");
MODULE_LICENSE("GPL");
