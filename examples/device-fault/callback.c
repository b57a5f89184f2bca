// SPDX-License-Identifier: GPL-2.0-only
/*
 * device-fault - the device touches an address, and its page comes, with its neighbours.
 *
 * The device works with the addresses of the program.  It has a page table of its own, which says
 * which device page an address is and whether it may be written.  Where the table has nothing the
 * device faults, and the driver moves the page to it.  Since the next access is likely to be next
 * to it, the pages around it come along.
 *
 * An entry of that table is a copy of what the program's page table says, so it has to go when the
 * other changes: when the program unmaps or protects its memory, when it forks, and when a page
 * moves back, which it does on a CPU fault and on request.  The kernel tells all of it to the
 * driver's mmu notifier, before it happens.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>
#include <linux/version.h>
#include <linux/xarray.h>

#include "../device-memory.h"
#include "device-fault-ioctl.h"

#define DEVICE_FAULT_PAGES		64
#define DEVICE_FAULT_WINDOW_SIZE	((unsigned long)DEVICE_FAULT_WINDOW << PAGE_SHIFT)

/* In the device's page table beside the page: it may be written. */
#define DEVICE_FAULT_WRITABLE	1UL

/**
 * struct device_fault_device - the device
 * @memory: its memory
 * @misc: its file in /dev
 * @lock: protects @statistics; taken inside every other lock
 * @statistics: what the device did so far, apart from what is counted when it is asked for
 */
struct device_fault_device {
	struct device_memory memory;
	struct miscdevice misc;
	struct mutex lock;
	struct device_fault_statistics statistics;
};

static struct device_fault_device device_fault;

/**
 * struct device_fault_client - a program that has opened the device
 * @notifier: hears of changes of its page table
 * @mm: its address space, which the notifier keeps from being freed
 * @lock: one request at a time; taken outside mmap_lock
 * @table: the device's page table: device pages by page number, tagged DEVICE_FAULT_WRITABLE.  Its
 *	xa_lock is held while the device uses an entry.
 */
struct device_fault_client {
	struct mmu_notifier notifier;
	struct mm_struct *mm;
	struct mutex lock;
	struct xarray table;
};

/**
 * struct device_fault_move - pages on their way, in either direction
 * @client: whose
 * @moved: pages that have arrived
 * @lost: pages that could not be brought back
 */
struct device_fault_move {
	struct device_fault_client *client;
	unsigned long moved;
	unsigned long lost;
};

static void device_fault_count(__u64 *count, unsigned long number)
{
	mutex_lock(&device_fault.lock);
	*count += number;
	mutex_unlock(&device_fault.lock);
}

static bool device_fault_has(struct device_fault_client *client, unsigned long addr)
{
	return xa_load(&client->table, addr >> PAGE_SHIFT);
}

static void device_fault_to_device_alloc_and_copy(struct vm_area_struct *vma,
						  const unsigned long *src,
						  unsigned long *dst,
						  unsigned long start,
						  unsigned long end,
						  void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		/* Already there, but not in the device's page table. */
		if (spage && is_device_private_page(spage))
			continue;

		dpage = device_memory_alloc(&device_fault.memory);
		if (!dpage)
			continue;
		if (spage)
			copy_highpage(device_memory_backing(dpage), spage);
		else
			clear_highpage(device_memory_backing(dpage));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
	}
}

/* Both pages are locked still, so that nobody takes an entry away before it is there. */
static void device_fault_to_device_finalize_and_map(struct vm_area_struct *vma,
						    const unsigned long *src,
						    const unsigned long *dst,
						    unsigned long start,
						    unsigned long end,
						    void *private)
{
	struct device_fault_move *move = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = migrate_pfn_to_page(dst[i]);
		unsigned long writable;

		if (!dpage || !(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		/* Where there was no page the mapping decides, as the CPU's page table does. */
		if (migrate_pfn_to_page(src[i]))
			writable = src[i] & MIGRATE_PFN_WRITE;
		else
			writable = vma->vm_flags & VM_WRITE;
		/* Without memory for an entry the device faults again. */
		xa_store(&move->client->table, (start >> PAGE_SHIFT) + i,
			 xa_tag_pointer(dpage, writable ? DEVICE_FAULT_WRITABLE : 0), GFP_KERNEL);
		move->moved++;
	}
	device_fault_count(&device_fault.statistics.to_device, move->moved);
}

static const struct migrate_vma_ops device_fault_to_device_ops = {
	.alloc_and_copy		= device_fault_to_device_alloc_and_copy,
	.finalize_and_map	= device_fault_to_device_finalize_and_map,
};

/* Moves the page of addr to the device, and those around it. */
static int device_fault_fetch(struct device_fault_client *client, unsigned long addr)
{
	unsigned long src[DEVICE_FAULT_WINDOW], dst[DEVICE_FAULT_WINDOW];
	struct device_fault_move move = { .client = client };
	unsigned long first, last, start, end;
	struct vm_area_struct *vma;
	int ret = -EFAULT;

	mmap_read_lock(client->mm);
	vma = find_vma(client->mm, addr);
	if (!vma || vma->vm_start > addr || !(vma->vm_flags & VM_READ))
		goto out;

	first = max(vma->vm_start, addr & ~(DEVICE_FAULT_WINDOW_SIZE - 1));
	last = min(vma->vm_end, (addr & ~(DEVICE_FAULT_WINDOW_SIZE - 1)) + DEVICE_FAULT_WINDOW_SIZE);
	start = addr & PAGE_MASK;
	end = start + PAGE_SIZE;
	/* As far as the next that the device has: that one would lose its entry. */
	while (start > first && !device_fault_has(client, start - PAGE_SIZE))
		start -= PAGE_SIZE;
	while (end < last && !device_fault_has(client, end))
		end += PAGE_SIZE;

	if (migrate_vma(&device_fault_to_device_ops, vma, start, end, src, dst, &move))
		goto out;
	ret = 0;
out:
	mmap_read_unlock(client->mm);
	return ret;
}

static void device_fault_to_system_alloc_and_copy(struct vm_area_struct *vma,
						  const unsigned long *src,
						  unsigned long *dst,
						  unsigned long start,
						  unsigned long end,
						  void *private)
{
	struct device_fault_move *move = private;
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
			continue;
		/* Not on the device. */
		if (!is_device_private_page(spage))
			continue;

		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, addr);
		if (!dpage) {
			move->lost++;
			continue;
		}
		lock_page(dpage);
		copy_highpage(dpage, device_memory_backing(spage));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void device_fault_to_system_finalize_and_map(struct vm_area_struct *vma,
						    const unsigned long *src,
						    const unsigned long *dst,
						    unsigned long start,
						    unsigned long end,
						    void *private)
{
	struct device_fault_move *move = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			move->moved++;
	}
	device_fault_count(&device_fault.statistics.to_system, move->moved);
}

static const struct migrate_vma_ops device_fault_to_system_ops = {
	.alloc_and_copy		= device_fault_to_system_alloc_and_copy,
	.finalize_and_map	= device_fault_to_system_finalize_and_map,
};

/* The caller holds the mmap_lock. */
static int device_fault_to_system(struct device_fault_client *client, struct vm_area_struct *vma,
				  unsigned long start, unsigned long end, __u64 *moved)
{
	unsigned long src[DEVICE_FAULT_WINDOW], dst[DEVICE_FAULT_WINDOW];
	unsigned long addr;

	for (addr = start; addr < end; addr += DEVICE_FAULT_WINDOW_SIZE) {
		unsigned long next = min(end, addr + DEVICE_FAULT_WINDOW_SIZE);
		struct device_fault_move move = { .client = client };
		int ret;

		ret = migrate_vma(&device_fault_to_system_ops, vma, addr, next, src, dst, &move);
		if (ret)
			return ret;
		*moved += move.moved;
	}

	return 0;
}

static vm_fault_t device_fault_migrate_to_ram(struct vm_fault *vmf)
{
	struct device_fault_move move = { 0 };
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&device_fault_to_system_ops, vmf->vma, vmf->address,
			vmf->address + PAGE_SIZE, &src, &dst, &move))
		return VM_FAULT_SIGBUS;

	return move.lost ? VM_FAULT_OOM : 0;
}

static const struct dev_pagemap_ops device_fault_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= device_fault_migrate_to_ram,
};

/* Whatever the change is, the entries go; the device faults when it needs them again. */
static int device_fault_invalidate(struct mmu_notifier *notifier,
				   const struct mmu_notifier_range *range)
{
	struct device_fault_client *client;
	unsigned long index;
	void *entry;

	client = container_of(notifier, struct device_fault_client, notifier);
	xa_for_each_start(&client->table, index, entry, range->start >> PAGE_SHIFT) {
		if (index > (range->end - 1) >> PAGE_SHIFT)
			break;
		xa_erase(&client->table, index);
	}
	return 0;
}

/* The program ends. */
static void device_fault_invalidate_all(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	struct device_fault_client *client;

	client = container_of(notifier, struct device_fault_client, notifier);
	xa_destroy(&client->table);
}

static const struct mmu_notifier_ops device_fault_notifier_ops = {
	.release		= device_fault_invalidate_all,
	.invalidate_range_start	= device_fault_invalidate,
};

/* What the device does by itself: 0, -EACCES, or -ENOENT for an address that it does not have. */
static int device_fault_use(struct device_fault_client *client,
			    struct device_fault_access *access)
{
	unsigned long offset = access->address & ~PAGE_MASK;
	int ret = 0;
	void *entry;
	u8 *bytes;

	xa_lock(&client->table);
	entry = xa_load(&client->table, access->address >> PAGE_SHIFT);
	if (!entry) {
		ret = -ENOENT;
	} else if (!access->write) {
		bytes = page_address(device_memory_backing(xa_untag_pointer(entry)));
		access->value = bytes[offset];
	} else if (xa_pointer_tag(entry) & DEVICE_FAULT_WRITABLE) {
		bytes = page_address(device_memory_backing(xa_untag_pointer(entry)));
		bytes[offset] = access->value;
	} else {
		ret = -EACCES;
	}
	xa_unlock(&client->table);

	return ret;
}

static int device_fault_access(struct device_fault_client *client,
			       struct device_fault_access *access)
{
	u8 __user *address = (u8 __user *)(unsigned long)access->address;
	u8 byte;
	int ret;

	ret = device_fault_use(client, access);
	if (ret != -ENOENT)
		return ret;

	device_fault_count(&device_fault.statistics.faults, 1);
	ret = device_fault_fetch(client, access->address);
	if (ret)
		return ret;
	ret = device_fault_use(client, access);
	if (ret != -ENOENT)
		return ret;

	/*
	 * It is there already, but the device's page table does not say so.  Only the program's
	 * knows whether it may be used: let the CPU read it, which brings it back, and fetch it.
	 */
	if (copy_from_user(&byte, address, 1))
		return -EFAULT;
	ret = device_fault_fetch(client, access->address);
	if (ret)
		return ret;
	ret = device_fault_use(client, access);

	/* Pinned, or there is no room on the device. */
	return ret == -ENOENT ? -EBUSY : ret;
}

static long device_fault_ioctl_access(struct device_fault_client *client, void __user *argument)
{
	struct device_fault_access access;
	int ret;

	if (copy_from_user(&access, argument, sizeof(access)))
		return -EFAULT;
	if (current->mm != client->mm)
		return -EINVAL;

	mutex_lock(&client->lock);
	ret = device_fault_access(client, &access);
	mutex_unlock(&client->lock);
	if (copy_to_user(argument, &access, sizeof(access)))
		return -EFAULT;

	return ret;
}

static long device_fault_ioctl_to_system(struct device_fault_client *client, void __user *argument)
{
	struct device_fault_range range;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start;
	end = range.start + range.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start ||
	    current->mm != client->mm)
		return -EINVAL;
	range.moved = 0;

	mutex_lock(&client->lock);
	mmap_read_lock(client->mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	ret = device_fault_to_system(client, find_vma(client->mm, start), start, end,
				     &range.moved);
	mmap_read_unlock(client->mm);
	mutex_unlock(&client->lock);

	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static long device_fault_ioctl_statistics(struct device_fault_client *client,
					  void __user *argument)
{
	struct device_fault_statistics statistics;
	unsigned long index;
	void *entry;

	mutex_lock(&device_fault.lock);
	statistics = device_fault.statistics;
	mutex_unlock(&device_fault.lock);
	statistics.mapped = 0;
	xa_for_each_start(&client->table, index, entry, 0)
		statistics.mapped++;
	statistics.free_pages = device_memory_nr_free(&device_fault.memory);

	return copy_to_user(argument, &statistics, sizeof(statistics)) ? -EFAULT : 0;
}

static long device_fault_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct device_fault_client *client = file->private_data;

	switch (command) {
	case DEVICE_FAULT_ACCESS:
		return device_fault_ioctl_access(client, (void __user *)argument);
	case DEVICE_FAULT_TO_SYSTEM:
		return device_fault_ioctl_to_system(client, (void __user *)argument);
	case DEVICE_FAULT_STATISTICS:
		return device_fault_ioctl_statistics(client, (void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static int device_fault_open(struct inode *inode, struct file *file)
{
	struct device_fault_client *client;
	int ret;

	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return -ENOMEM;

	mutex_init(&client->lock);
	xa_init(&client->table);
	client->mm = current->mm;
	client->notifier.ops = &device_fault_notifier_ops;
	ret = mmu_notifier_register(&client->notifier, client->mm);
	if (ret) {
		kfree(client);
		return ret;
	}
	file->private_data = client;
	return 0;
}

/* What is on the device stays there, until the CPU wants it. */
static int device_fault_release(struct inode *inode, struct file *file)
{
	struct device_fault_client *client = file->private_data;

	mmu_notifier_unregister(&client->notifier, client->mm);
	xa_destroy(&client->table);
	kfree(client);
	return 0;
}

static const struct file_operations device_fault_file_operations = {
	.owner		= THIS_MODULE,
	.open		= device_fault_open,
	.release	= device_fault_release,
	.unlocked_ioctl	= device_fault_ioctl,
};

static int __init device_fault_init(void)
{
	int ret;

	mutex_init(&device_fault.lock);
	device_fault.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	device_fault.memory.pagemap.ops = &device_fault_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	device_fault.memory.pagemap.owner = &device_fault;
#endif
	ret = device_memory_create(&device_fault.memory, DEVICE_FAULT_PAGES);
	if (ret)
		return ret;

	device_fault.misc.minor = MISC_DYNAMIC_MINOR;
	device_fault.misc.name = "device-fault";
	device_fault.misc.fops = &device_fault_file_operations;
	ret = misc_register(&device_fault.misc);
	if (ret)
		device_memory_destroy(&device_fault.memory);

	return ret;
}

static void __exit device_fault_exit(void)
{
	misc_deregister(&device_fault.misc);
	device_memory_destroy(&device_fault.memory);
}

module_init(device_fault_init);
module_exit(device_fault_exit);
MODULE_DESCRIPTION("Example: the device touches an address, and its page comes");
MODULE_LICENSE("GPL");
