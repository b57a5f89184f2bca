// SPDX-License-Identifier: GPL-2.0-only
/*
 * The driver of examples/cpu-fault/callback.c in three steps, for 6.1 and later, written from what
 * the driver promises to programs and not from what migrate-vma makes of it: pages go to the device
 * sixteen at a time, and the steps stand in the functions that need them.
 *
 * The scenario has to show the same with it as with the other two.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "device-memory.h"
#include "cpu-fault-ioctl.h"

#define BATCH		16
#define DEVICE_PAGES	64

static struct device_memory memory;
static DEFINE_MUTEX(engine);
static unsigned long copies_to_fail;
static struct cpu_fault_statistics statistics;

/* The engine, which may be told to fail; a page without contents is cleared. */
static bool copy_page_fails(struct page *to, struct page *from)
{
	bool fails;

	mutex_lock(&engine);
	statistics.copies++;
	fails = copies_to_fail > 0;
	if (fails) {
		copies_to_fail--;
		statistics.failed_copies++;
	} else if (from) {
		copy_highpage(to, from);
	} else {
		clear_highpage(to);
	}
	mutex_unlock(&engine);
	return fails;
}

static void count(__u64 *what, unsigned long pages)
{
	mutex_lock(&engine);
	*what += pages;
	mutex_unlock(&engine);
}

/* A page that is not wanted after all; nothing has been said about it yet. */
static void give_back(struct page *page)
{
	unlock_page(page);
	put_page(page);
}

/* Return: the word for a page of the device with the contents of @src's, or 0. */
static unsigned long page_on_device(unsigned long src)
{
	struct page *from = migrate_pfn_to_page(src), *to;

	if (!(src & MIGRATE_PFN_MIGRATE) || (from && is_device_private_page(from)))
		return 0;
	to = device_memory_alloc(&memory);
	if (!to)
		return 0;
	if (copy_page_fails(device_memory_backing(to), from)) {
		give_back(to);
		return 0;
	}
	return migrate_pfn(page_to_pfn(to));
}

/* One batch, all in one mapping. */
static long batch_to_device(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[BATCH], dst[BATCH], i, moved = 0;
	struct migrate_vma batch = {
		.vma = vma, .start = start, .end = end, .src = src, .dst = dst,
		.flags = MIGRATE_VMA_SELECT_SYSTEM, .pgmap_owner = &memory,
	};
	int ret = migrate_vma_setup(&batch);

	if (ret)
		return ret;
	for (i = 0; i < batch.npages; i++)
		dst[i] = page_on_device(src[i]);
	migrate_vma_pages(&batch);
	for (i = 0; i < batch.npages; i++)
		moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
	migrate_vma_finalize(&batch);
	count(&statistics.to_device, moved);
	return moved;
}

static long to_device(void __user *argument)
{
	struct mm_struct *mm = current->mm;
	struct cpu_fault_range range;
	unsigned long addr, end;
	long ret = 0;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;
	addr = range.start;
	end = addr + range.length;
	if (!PAGE_ALIGNED(addr | end) || addr >= end)
		return -EINVAL;
	range.moved = 0;
	mmap_read_lock(mm);
	while (ret >= 0 && addr < end) {
		struct vm_area_struct *vma = find_vma(mm, addr);
		unsigned long next;

		if (!vma || addr < vma->vm_start) {
			ret = -EINVAL;
			break;
		}
		next = min3(end, vma->vm_end, addr + BATCH * PAGE_SIZE);
		ret = batch_to_device(vma, addr, next);
		if (ret > 0)
			range.moved += ret;
		addr = next;
	}
	mmap_read_unlock(mm);
	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;
	return min(ret, 0L);
}

static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma fault = {
		.vma = vmf->vma, .start = vmf->address, .end = vmf->address + PAGE_SIZE,
		.src = &src, .dst = &dst, .fault_page = vmf->page,
		.flags = MIGRATE_VMA_SELECT_DEVICE_PRIVATE, .pgmap_owner = &memory,
	};
	struct page *to;
	vm_fault_t ret = 0;

	if (migrate_vma_setup(&fault))
		return VM_FAULT_SIGBUS;
	/* Another thread was faster, or somebody else holds the page: the access is tried again. */
	if (!fault.cpages)
		return 0;
	to = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vmf->vma, vmf->address);
	if (to) {
		lock_page(to);
		if (copy_page_fails(to, device_memory_backing(migrate_pfn_to_page(src))))
			give_back(to);
		else
			dst = migrate_pfn(page_to_pfn(to));
	}
	if (!dst)
		ret = VM_FAULT_SIGBUS;
	migrate_vma_pages(&fault);
	if (src & MIGRATE_PFN_MIGRATE)
		count(&statistics.to_system, 1);
	migrate_vma_finalize(&fault);
	return ret;
}

static const struct dev_pagemap_ops pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram = migrate_to_ram,
};

static long say_statistics(void __user *argument)
{
	struct cpu_fault_statistics now;

	mutex_lock(&engine);
	now = statistics;
	mutex_unlock(&engine);
	now.free_pages = device_memory_nr_free(&memory);
	return copy_to_user(argument, &now, sizeof(now)) ? -EFAULT : 0;
}

static long fault_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	if (command == CPU_FAULT_TO_DEVICE)
		return to_device((void __user *)argument);
	if (command == CPU_FAULT_STATISTICS)
		return say_statistics((void __user *)argument);
	if (command != CPU_FAULT_FAIL_COPIES)
		return -ENOTTY;
	mutex_lock(&engine);
	copies_to_fail = argument;
	mutex_unlock(&engine);
	return 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = fault_ioctl,
};

static struct miscdevice misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "cpu-fault",
	.fops = &operations,
};

static int __init by_hand_init(void)
{
	int ret;

	memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	memory.pagemap.owner = &memory;
	memory.pagemap.ops = &pagemap_ops;
	ret = device_memory_create(&memory, DEVICE_PAGES);
	if (ret)
		return ret;
	ret = misc_register(&misc);
	if (ret)
		device_memory_destroy(&memory);
	return ret;
}

static void __exit by_hand_exit(void)
{
	misc_deregister(&misc);
	device_memory_destroy(&memory);
}

module_init(by_hand_init);
module_exit(by_hand_exit);
MODULE_DESCRIPTION("Example: a CPU fault brings a page back from the device");
MODULE_LICENSE("GPL");
