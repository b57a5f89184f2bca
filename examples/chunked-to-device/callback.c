// SPDX-License-Identifier: GPL-2.0-only
/*
 * chunked - a range of any length goes to the device, chunk by chunk.
 *
 * A migration needs two arrays with a word for each page, and the device a list of the copies it
 * is to make.  So that a program may hand over gigabytes, the driver cuts the range into chunks
 * and allocates the arrays for one chunk only.  Whatever belongs to one chunk is in struct
 * chunked_batch and starts afresh with each of them.
 *
 * On the way to the device the copy engine gets a whole chunk at once, and if it fails, no page of
 * that chunk moves.  On the way back pages are copied one by one: on a CPU fault, on request, and
 * when the program closes the device, after which no page of its is left there.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>

#include "../device-memory.h"
#include "chunked-ioctl.h"

#define CHUNKED_DEVICE_PAGES	128
#define CHUNKED_CHUNK_PAGES	16UL
#define CHUNKED_CHUNK_SIZE	(CHUNKED_CHUNK_PAGES << PAGE_SHIFT)

/**
 * struct chunked_device - the device
 * @memory: its memory
 * @misc: its file in /dev
 * @engine: the copy engine does one thing at a time; also protects all members below
 * @batches_to_fail: how many of the next batches are to fail
 * @statistics: what the device did so far; free_pages is not kept up to date
 */
struct chunked_device {
	struct device_memory memory;
	struct miscdevice misc;
	struct mutex engine;
	unsigned long batches_to_fail;
	struct chunked_statistics statistics;
};

static struct chunked_device chunked;

/**
 * struct chunked_client - a program that has opened the device
 * @device: the device
 * @mm: its address space, with a reference to the structure but not to the memory
 * @lock: one request at a time; taken outside mmap_lock; protects all members below
 * @start: first address that was ever sent to the device
 * @end: end of the last one
 * @src: a word for each page of a chunk: what is to move
 * @dst: a word for each page of a chunk: where to
 */
struct chunked_client {
	struct chunked_device *device;
	struct mm_struct *mm;
	struct mutex lock;
	unsigned long start;
	unsigned long end;
	unsigned long *src;
	unsigned long *dst;
};

/* One copy for the engine; without @from it clears @to. */
struct chunked_copy {
	struct page *to;
	struct page *from;
};

/**
 * struct chunked_batch - one chunk on its way, in either direction
 * @device: the device
 * @copies: what the engine has to do; allocated for each chunk to the device
 * @nr_copies: how much that is
 * @moved: pages that have arrived
 * @lost: pages that could not be brought back
 */
struct chunked_batch {
	struct chunked_device *device;
	struct chunked_copy *copies;
	unsigned long nr_copies;
	unsigned long moved;
	unsigned long lost;
};

static void chunked_add_copy(struct chunked_batch *batch, struct page *to, struct page *from)
{
	struct chunked_copy *copy = &batch->copies[batch->nr_copies++];

	copy->to = to;
	copy->from = from;
}

/* Lets the copy engine do a batch, and waits for it. */
static int chunked_run_engine(struct chunked_batch *batch)
{
	struct chunked_device *device = batch->device;
	unsigned long i;
	int ret = 0;

	mutex_lock(&device->engine);
	device->statistics.batches++;
	device->statistics.copies += batch->nr_copies;
	if (device->batches_to_fail) {
		device->batches_to_fail--;
		device->statistics.failed_batches++;
		ret = -EIO;
	} else {
		for (i = 0; i < batch->nr_copies; i++) {
			if (batch->copies[i].from)
				copy_highpage(batch->copies[i].to, batch->copies[i].from);
			else
				clear_highpage(batch->copies[i].to);
		}
	}
	mutex_unlock(&device->engine);

	return ret;
}

static void chunked_give_up(unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = migrate_pfn_to_page(dst[i]);

		if (!dpage)
			continue;
		unlock_page(dpage);
		put_page(dpage);
		dst[i] = 0;
	}
}

static void chunked_to_device_alloc_and_copy(struct vm_area_struct *vma,
					     const unsigned long *src,
					     unsigned long *dst,
					     unsigned long start,
					     unsigned long end,
					     void *private)
{
	struct chunked_batch *batch = private;
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned long i;

	/* Full: the chunk stays where it is. */
	if (!device_memory_nr_free(&batch->device->memory))
		return;

	batch->copies = kcalloc(npages, sizeof(*batch->copies), GFP_KERNEL);
	if (!batch->copies)
		return;

	for (i = 0; i < npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		/* Already there. */
		if (spage && is_device_private_page(spage))
			continue;

		dpage = device_memory_alloc(&batch->device->memory);
		if (!dpage)
			break;
		chunked_add_copy(batch, device_memory_backing(dpage), spage);
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}

	if (chunked_run_engine(batch))
		chunked_give_up(dst, npages);
}

static void chunked_to_device_finalize_and_map(struct vm_area_struct *vma,
					       const unsigned long *src,
					       const unsigned long *dst,
					       unsigned long start,
					       unsigned long end,
					       void *private)
{
	struct chunked_batch *batch = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			batch->moved++;
	}
	kfree(batch->copies);

	mutex_lock(&batch->device->engine);
	batch->device->statistics.to_device += batch->moved;
	mutex_unlock(&batch->device->engine);
}

static const struct migrate_vma_ops chunked_to_device_ops = {
	.alloc_and_copy		= chunked_to_device_alloc_and_copy,
	.finalize_and_map	= chunked_to_device_finalize_and_map,
};

/* The caller holds client->lock and the mmap_lock. */
static int chunked_to_device(struct chunked_client *client, struct vm_area_struct *vma,
			     unsigned long start, unsigned long end, __u64 *moved)
{
	unsigned long addr;
	int ret;

	client->start = min(client->start, start);
	client->end = max(client->end, end);

	for (addr = start; addr < end; addr += CHUNKED_CHUNK_SIZE) {
		unsigned long next = min(end, addr + CHUNKED_CHUNK_SIZE);
		struct chunked_batch batch = { .device = client->device };

		ret = migrate_vma(&chunked_to_device_ops, vma, addr, next,
				  client->src, client->dst, &batch);
		if (ret)
			return ret;
		*moved += batch.moved;
	}

	return 0;
}

static void chunked_to_system_alloc_and_copy(struct vm_area_struct *vma,
					     const unsigned long *src,
					     unsigned long *dst,
					     unsigned long start,
					     unsigned long end,
					     void *private)
{
	struct chunked_batch *batch = private;
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		/* What is not on the device has no business here. */
		if (!spage || !(*src & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
			continue;

		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, addr);
		if (!dpage) {
			batch->lost++;
			continue;
		}
		lock_page(dpage);
		copy_highpage(dpage, device_memory_backing(spage));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void chunked_to_system_finalize_and_map(struct vm_area_struct *vma,
					       const unsigned long *src,
					       const unsigned long *dst,
					       unsigned long start,
					       unsigned long end,
					       void *private)
{
	struct chunked_batch *batch = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			batch->moved++;
	}

	mutex_lock(&batch->device->engine);
	batch->device->statistics.to_system += batch->moved;
	mutex_unlock(&batch->device->engine);
}

static const struct migrate_vma_ops chunked_to_system_ops = {
	.alloc_and_copy		= chunked_to_system_alloc_and_copy,
	.finalize_and_map	= chunked_to_system_finalize_and_map,
};

/* The caller holds client->lock and the mmap_lock. */
static int chunked_to_system(struct chunked_client *client, struct vm_area_struct *vma,
			     unsigned long start, unsigned long end, __u64 *moved)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += CHUNKED_CHUNK_SIZE) {
		unsigned long next = min(end, addr + CHUNKED_CHUNK_SIZE);
		struct chunked_batch batch = { .device = client->device };
		int ret = migrate_vma(&chunked_to_system_ops, vma, addr, next,
				      client->src, client->dst, &batch);

		if (ret)
			return ret;
		*moved += batch.moved;
	}

	return 0;
}

static vm_fault_t chunked_migrate_to_ram(struct vm_fault *vmf)
{
	struct chunked_batch batch = { .device = &chunked };
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&chunked_to_system_ops, vmf->vma, vmf->address,
			vmf->address + PAGE_SIZE, &src, &dst, &batch))
		return VM_FAULT_SIGBUS;

	return batch.lost ? VM_FAULT_OOM : 0;
}

static const struct dev_pagemap_ops chunked_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= chunked_migrate_to_ram,
};

/* Brings back whatever is left on the device, if the program still has its memory. */
static void chunked_evict(struct chunked_client *client)
{
	struct vm_area_struct *vma;
	unsigned long addr;
	__u64 moved = 0;

	if (!mmget_not_zero(client->mm))
		return;

	mutex_lock(&client->lock);
	mmap_read_lock(client->mm);
	for (addr = client->start & PAGE_MASK; addr < client->end; addr = vma->vm_end) {
		vma = find_vma(client->mm, addr);
		if (!vma || vma->vm_start >= client->end)
			break;
		/* Other kinds of mappings are refused; they have no pages on the device. */
		chunked_to_system(client, vma, max(addr, vma->vm_start),
				  min(client->end, vma->vm_end), &moved);
	}
	mmap_read_unlock(client->mm);
	mutex_unlock(&client->lock);
	mmput(client->mm);
}

static long chunked_ioctl_move(struct chunked_client *client, unsigned int command,
			       void __user *argument)
{
	struct vm_area_struct *vma;
	struct chunked_range range;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start & PAGE_MASK;
	end = PAGE_ALIGN(range.start + range.length);
	if (end <= start || current->mm != client->mm)
		return -EINVAL;
	range.moved = 0;

	mutex_lock(&client->lock);
	mmap_read_lock(client->mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	vma = find_vma(client->mm, start);
	if (command == CHUNKED_TO_DEVICE)
		ret = chunked_to_device(client, vma, start, end, &range.moved);
	else
		ret = chunked_to_system(client, vma, start, end, &range.moved);
	mmap_read_unlock(client->mm);
	mutex_unlock(&client->lock);

	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static long chunked_ioctl_fail_batches(struct chunked_device *device, unsigned long batches)
{
	mutex_lock(&device->engine);
	device->batches_to_fail = batches;
	mutex_unlock(&device->engine);

	return 0;
}

static long chunked_ioctl_statistics(struct chunked_device *device, void __user *argument)
{
	struct chunked_statistics statistics;

	mutex_lock(&device->engine);
	statistics = device->statistics;
	mutex_unlock(&device->engine);
	statistics.free_pages = device_memory_nr_free(&device->memory);

	return copy_to_user(argument, &statistics, sizeof(statistics)) ? -EFAULT : 0;
}

static long chunked_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct chunked_client *client = file->private_data;

	switch (command) {
	case CHUNKED_TO_DEVICE:
	case CHUNKED_TO_SYSTEM:
		return chunked_ioctl_move(client, command, (void __user *)argument);
	case CHUNKED_FAIL_BATCHES:
		return chunked_ioctl_fail_batches(client->device, argument);
	case CHUNKED_STATISTICS:
		return chunked_ioctl_statistics(client->device, (void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static void chunked_free_client(struct chunked_client *client)
{
	kfree(client->dst);
	kfree(client->src);
	kfree(client);
}

static int chunked_open(struct inode *inode, struct file *file)
{
	struct chunked_client *client;

	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return -ENOMEM;

	client->src = kcalloc(CHUNKED_CHUNK_PAGES, sizeof(*client->src), GFP_KERNEL);
	client->dst = kcalloc(CHUNKED_CHUNK_PAGES, sizeof(*client->dst), GFP_KERNEL);
	if (!client->src || !client->dst) {
		chunked_free_client(client);
		return -ENOMEM;
	}

	client->device = &chunked;
	client->start = ULONG_MAX;
	mutex_init(&client->lock);
	mmgrab(current->mm);
	client->mm = current->mm;
	file->private_data = client;
	return 0;
}

static int chunked_release(struct inode *inode, struct file *file)
{
	struct chunked_client *client = file->private_data;

	chunked_evict(client);
	mmdrop(client->mm);
	chunked_free_client(client);
	return 0;
}

static const struct file_operations chunked_file_operations = {
	.owner		= THIS_MODULE,
	.open		= chunked_open,
	.release	= chunked_release,
	.unlocked_ioctl	= chunked_ioctl,
};

static int __init chunked_init(void)
{
	int ret;

	mutex_init(&chunked.engine);
	chunked.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	chunked.memory.pagemap.ops = &chunked_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	chunked.memory.pagemap.owner = &chunked;
#endif
	ret = device_memory_create(&chunked.memory, CHUNKED_DEVICE_PAGES);
	if (ret)
		return ret;

	chunked.misc.minor = MISC_DYNAMIC_MINOR;
	chunked.misc.name = "chunked";
	chunked.misc.fops = &chunked_file_operations;
	ret = misc_register(&chunked.misc);
	if (ret)
		device_memory_destroy(&chunked.memory);

	return ret;
}

static void __exit chunked_exit(void)
{
	misc_deregister(&chunked.misc);
	device_memory_destroy(&chunked.memory);
}

module_init(chunked_init);
module_exit(chunked_exit);
MODULE_DESCRIPTION("Example: a range of any length goes to the device, chunk by chunk");
MODULE_LICENSE("GPL");
