// SPDX-License-Identifier: GPL-2.0-only
/*
 * cpu-fault - a CPU fault brings a page back from the device.
 *
 * A program hands pages to the device with an ioctl, one page at a time here, because the way
 * there is not the point of this driver.  The way back is: the CPU cannot read device memory, so
 * the first access after that faults, the kernel calls migrate_to_ram() of the device page, and
 * the driver moves the page back before the program goes on.
 *
 * If the page cannot be brought back, its contents are lost to the CPU.  The driver must then say
 * so to the faulting program, which gets SIGBUS; the page stays on the device, and a later access
 * tries again.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
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
#include <linux/version.h>

#include "../device-memory.h"
#include "cpu-fault-ioctl.h"

#define CPU_FAULT_DEVICE_PAGES	64

/**
 * struct cpu_fault_device - the device
 * @memory: its memory
 * @misc: its file in /dev
 * @engine: the copy engine does one thing at a time; also protects all members below
 * @copies_to_fail: how many of the next copies are to fail
 * @statistics: what the device did so far; free_pages is not kept up to date
 */
struct cpu_fault_device {
	struct device_memory memory;
	struct miscdevice misc;
	struct mutex engine;
	unsigned long copies_to_fail;
	struct cpu_fault_statistics statistics;
};

static struct cpu_fault_device cpu_fault;

/**
 * struct cpu_fault_move - pages on their way to the device
 * @device: where they go
 * @moved: how many have arrived
 */
struct cpu_fault_move {
	struct cpu_fault_device *device;
	unsigned long moved;
};

/* Copies a page, or clears @to if there is nothing to copy. */
static int cpu_fault_copy(struct cpu_fault_device *device, struct page *to, struct page *from)
{
	int ret = 0;

	mutex_lock(&device->engine);
	device->statistics.copies++;
	if (device->copies_to_fail) {
		device->copies_to_fail--;
		device->statistics.failed_copies++;
		ret = -EIO;
	} else if (from) {
		copy_highpage(to, from);
	} else {
		clear_highpage(to);
	}
	mutex_unlock(&device->engine);

	return ret;
}

static void cpu_fault_to_device_alloc_and_copy(struct vm_area_struct *vma,
					       const unsigned long *src,
					       unsigned long *dst,
					       unsigned long start,
					       unsigned long end,
					       void *private)
{
	struct cpu_fault_move *move = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	/* Already there. */
	if (spage && is_device_private_page(spage))
		return;

	dpage = device_memory_alloc(&move->device->memory);
	if (!dpage)
		return;

	if (cpu_fault_copy(move->device, device_memory_backing(dpage), spage)) {
		unlock_page(dpage);
		put_page(dpage);
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
}

static void cpu_fault_to_device_finalize_and_map(struct vm_area_struct *vma,
						 const unsigned long *src,
						 const unsigned long *dst,
						 unsigned long start,
						 unsigned long end,
						 void *private)
{
	struct cpu_fault_move *move = private;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;

	mutex_lock(&move->device->engine);
	move->device->statistics.to_device++;
	mutex_unlock(&move->device->engine);
	move->moved++;
}

static const struct migrate_vma_ops cpu_fault_to_device_ops = {
	.alloc_and_copy		= cpu_fault_to_device_alloc_and_copy,
	.finalize_and_map	= cpu_fault_to_device_finalize_and_map,
};

static int cpu_fault_to_device(struct cpu_fault_move *move, unsigned long start,
			       unsigned long end)
{
	struct mm_struct *mm = current->mm;
	unsigned long addr;
	int ret = 0;

	mmap_read_lock(mm);
	for (addr = start; addr < end; addr += PAGE_SIZE) {
		/* With nothing mapped at addr this is NULL or a later one, which is refused. */
		struct vm_area_struct *vma = find_vma(mm, addr);
		unsigned long src = 0, dst = 0;

		ret = migrate_vma(&cpu_fault_to_device_ops, vma, addr, addr + PAGE_SIZE,
				  &src, &dst, move);
		if (ret)
			break;
	}
	mmap_read_unlock(mm);

	return ret;
}

static void cpu_fault_to_system_alloc_and_copy(struct vm_area_struct *vma,
					       const unsigned long *src,
					       unsigned long *dst,
					       unsigned long start,
					       unsigned long end,
					       void *private)
{
	struct cpu_fault_device *device = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	/* Another thread's fault was faster, or somebody else holds the page. */
	if (!spage || !(*src & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
		return;

	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		goto error;

	lock_page(dpage);
	if (cpu_fault_copy(device, dpage, device_memory_backing(spage))) {
		unlock_page(dpage);
		put_page(dpage);
		goto error;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	return;

error:
	*dst = MIGRATE_PFN_ERROR;
}

static void cpu_fault_to_system_finalize_and_map(struct vm_area_struct *vma,
						 const unsigned long *src,
						 const unsigned long *dst,
						 unsigned long start,
						 unsigned long end,
						 void *private)
{
	struct cpu_fault_device *device = private;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;

	mutex_lock(&device->engine);
	device->statistics.to_system++;
	mutex_unlock(&device->engine);
}

static const struct migrate_vma_ops cpu_fault_to_system_ops = {
	.alloc_and_copy		= cpu_fault_to_system_alloc_and_copy,
	.finalize_and_map	= cpu_fault_to_system_finalize_and_map,
};

static vm_fault_t cpu_fault_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src[1] = { 0 }, dst[1] = { 0 };
	int ret;

	ret = migrate_vma(&cpu_fault_to_system_ops, vmf->vma, vmf->address,
			  vmf->address + PAGE_SIZE, src, dst, &cpu_fault);
	if (ret)
		return VM_FAULT_SIGBUS;

	if (dst[0] == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;

	return 0;
}

static const struct dev_pagemap_ops cpu_fault_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= cpu_fault_migrate_to_ram,
};

static long cpu_fault_ioctl_to_device(void __user *argument)
{
	struct cpu_fault_move move = { .device = &cpu_fault };
	struct cpu_fault_range range;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start;
	end = range.start + range.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start)
		return -EINVAL;

	ret = cpu_fault_to_device(&move, start, end);
	range.moved = move.moved;
	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static long cpu_fault_ioctl_fail_copies(unsigned long copies)
{
	mutex_lock(&cpu_fault.engine);
	cpu_fault.copies_to_fail = copies;
	mutex_unlock(&cpu_fault.engine);

	return 0;
}

static long cpu_fault_ioctl_statistics(void __user *argument)
{
	struct cpu_fault_statistics statistics;

	mutex_lock(&cpu_fault.engine);
	statistics = cpu_fault.statistics;
	mutex_unlock(&cpu_fault.engine);
	statistics.free_pages = device_memory_nr_free(&cpu_fault.memory);

	return copy_to_user(argument, &statistics, sizeof(statistics)) ? -EFAULT : 0;
}

static long cpu_fault_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	switch (command) {
	case CPU_FAULT_TO_DEVICE:
		return cpu_fault_ioctl_to_device((void __user *)argument);
	case CPU_FAULT_FAIL_COPIES:
		return cpu_fault_ioctl_fail_copies(argument);
	case CPU_FAULT_STATISTICS:
		return cpu_fault_ioctl_statistics((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static const struct file_operations cpu_fault_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= cpu_fault_ioctl,
};

static int __init cpu_fault_init(void)
{
	int ret;

	mutex_init(&cpu_fault.engine);
	cpu_fault.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cpu_fault.memory.pagemap.ops = &cpu_fault_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	cpu_fault.memory.pagemap.owner = &cpu_fault;
#endif
	ret = device_memory_create(&cpu_fault.memory, CPU_FAULT_DEVICE_PAGES);
	if (ret)
		return ret;

	cpu_fault.misc.minor = MISC_DYNAMIC_MINOR;
	cpu_fault.misc.name = "cpu-fault";
	cpu_fault.misc.fops = &cpu_fault_file_operations;
	ret = misc_register(&cpu_fault.misc);
	if (ret)
		device_memory_destroy(&cpu_fault.memory);

	return ret;
}

static void __exit cpu_fault_exit(void)
{
	misc_deregister(&cpu_fault.misc);
	device_memory_destroy(&cpu_fault.memory);
}

module_init(cpu_fault_init);
module_exit(cpu_fault_exit);
MODULE_DESCRIPTION("Example: a CPU fault brings a page back from the device");
MODULE_LICENSE("GPL");
