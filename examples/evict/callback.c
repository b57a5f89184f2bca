// SPDX-License-Identifier: GPL-2.0-only
/*
 * evict - the device is emptied, whoever has pages there.
 *
 * Before a device is switched off, suspended or unplugged, what is in its memory has to go to
 * system memory.  No fault asks for it, and the programs concerned are somewhere else.
 *
 * Migration goes by addresses, so the driver remembers each program that sent pages to the device,
 * and between which addresses.  To empty the device it goes through the mappings of all of them.
 * What a child has inherited from a program that is gone it cannot find that way.  From 6.1 on
 * there is migrate_device_range(), which goes by device pages and needs no address: device-range.c
 * is this driver with it.
 *
 * callback.c is the driver for Linux up to 5.3, three-step.c the same for the releases after it.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/list.h>
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
#include "evict-ioctl.h"

#define EVICT_DEVICE_PAGES	64
#define EVICT_CHUNK_PAGES	16UL
#define EVICT_CHUNK_SIZE	(EVICT_CHUNK_PAGES << PAGE_SHIFT)

/**
 * struct evict_device - the device
 * @memory: its memory
 * @misc: its file in /dev
 * @lock: protects @clients and what is in them; taken outside mmap_lock
 * @clients: the programs that have opened it
 */
struct evict_device {
	struct device_memory memory;
	struct miscdevice misc;
	struct mutex lock;
	struct list_head clients;
};

static struct evict_device evict;

/**
 * struct evict_client - a program that has opened the device
 * @link: in evict_device.clients
 * @mm: its address space, with a reference to the structure but not to the memory
 * @start: first address that was ever sent to the device
 * @end: end of the last one
 */
struct evict_client {
	struct list_head link;
	struct mm_struct *mm;
	unsigned long start;
	unsigned long end;
};

/**
 * struct evict_move - pages on their way, in either direction
 * @moved: pages that have arrived
 * @lost: pages that could not be brought back
 */
struct evict_move {
	unsigned long moved;
	unsigned long lost;
};

static void evict_to_device_alloc_and_copy(struct vm_area_struct *vma,
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
		/* Already there. */
		if (spage && is_device_private_page(spage))
			continue;

		dpage = device_memory_alloc(&evict.memory);
		if (!dpage)
			return;
		if (spage)
			copy_highpage(device_memory_backing(dpage), spage);
		else
			clear_highpage(device_memory_backing(dpage));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
	}
}

static void evict_to_device_finalize_and_map(struct vm_area_struct *vma,
					     const unsigned long *src,
					     const unsigned long *dst,
					     unsigned long start,
					     unsigned long end,
					     void *private)
{
	struct evict_move *move = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			move->moved++;
	}
}

static const struct migrate_vma_ops evict_to_device_ops = {
	.alloc_and_copy		= evict_to_device_alloc_and_copy,
	.finalize_and_map	= evict_to_device_finalize_and_map,
};

/* The caller holds the mmap_lock. */
static int evict_to_device(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   struct evict_move *move)
{
	unsigned long src[EVICT_CHUNK_PAGES], dst[EVICT_CHUNK_PAGES];
	unsigned long addr;
	int ret = 0;

	for (addr = start; addr < end && !ret; addr += EVICT_CHUNK_SIZE) {
		unsigned long next = min(end, addr + EVICT_CHUNK_SIZE);

		ret = migrate_vma(&evict_to_device_ops, vma, addr, next, src, dst, move);
	}
	return ret;
}

static void evict_to_system_alloc_and_copy(struct vm_area_struct *vma,
					   const unsigned long *src,
					   unsigned long *dst,
					   unsigned long start,
					   unsigned long end,
					   void *private)
{
	struct evict_move *move = private;
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

static void evict_to_system_finalize_and_map(struct vm_area_struct *vma,
					     const unsigned long *src,
					     const unsigned long *dst,
					     unsigned long start,
					     unsigned long end,
					     void *private)
{
	struct evict_move *move = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			move->moved++;
	}
}

static const struct migrate_vma_ops evict_to_system_ops = {
	.alloc_and_copy		= evict_to_system_alloc_and_copy,
	.finalize_and_map	= evict_to_system_finalize_and_map,
};

/* The caller holds the mmap_lock.  Mappings of other kinds are refused, and have nothing here. */
static void evict_mapping(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			  struct evict_move *move)
{
	unsigned long src[EVICT_CHUNK_PAGES], dst[EVICT_CHUNK_PAGES];
	unsigned long addr;

	for (addr = start; addr < end; addr += EVICT_CHUNK_SIZE) {
		unsigned long next = min(end, addr + EVICT_CHUNK_SIZE);

		if (migrate_vma(&evict_to_system_ops, vma, addr, next, src, dst, move))
			return;
	}
}

/* The caller holds the device's lock. */
static void evict_client(struct evict_client *client, struct evict_move *move)
{
	struct vm_area_struct *vma;
	unsigned long addr;

	/* A program whose memory is gone has no pages on the device. */
	if (!mmget_not_zero(client->mm))
		return;

	mmap_read_lock(client->mm);
	for (addr = client->start; addr < client->end; addr = vma->vm_end) {
		vma = find_vma(client->mm, addr);
		if (!vma || vma->vm_start >= client->end)
			break;
		evict_mapping(vma, max(addr, vma->vm_start), min(client->end, vma->vm_end), move);
	}
	mmap_read_unlock(client->mm);
	mmput(client->mm);
}

/* Brings everything back: 0, or -ENOMEM if something had to stay for want of memory. */
static int evict_all(struct evict_move *move)
{
	struct evict_client *client;

	mutex_lock(&evict.lock);
	list_for_each_entry(client, &evict.clients, link)
		evict_client(client, move);
	mutex_unlock(&evict.lock);

	return move->lost ? -ENOMEM : 0;
}

static vm_fault_t evict_migrate_to_ram(struct vm_fault *vmf)
{
	struct evict_move move = { 0 };
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&evict_to_system_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			&src, &dst, &move))
		return VM_FAULT_SIGBUS;

	return move.lost ? VM_FAULT_OOM : 0;
}

static const struct dev_pagemap_ops evict_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= evict_migrate_to_ram,
};

static long evict_ioctl_to_device(struct evict_client *client, void __user *argument)
{
	struct evict_move move = { 0 };
	struct evict_range range;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start;
	end = range.start + range.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start ||
	    current->mm != client->mm)
		return -EINVAL;

	mutex_lock(&evict.lock);
	client->start = min(client->start, start);
	client->end = max(client->end, end);
	mmap_read_lock(client->mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	ret = evict_to_device(find_vma(client->mm, start), start, end, &move);
	mmap_read_unlock(client->mm);
	mutex_unlock(&evict.lock);

	range.moved = move.moved;
	if (copy_to_user(argument, &range, sizeof(range)))
		return -EFAULT;

	return ret;
}

static long evict_ioctl_all(void __user *argument)
{
	struct evict_move move = { 0 };
	struct evict_result result;
	int ret;

	ret = evict_all(&move);
	result.moved = move.moved;
	result.left = evict.memory.nr_pages - device_memory_nr_free(&evict.memory);
	if (copy_to_user(argument, &result, sizeof(result)))
		return -EFAULT;

	return ret;
}

static long evict_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	switch (command) {
	case EVICT_TO_DEVICE:
		return evict_ioctl_to_device(file->private_data, (void __user *)argument);
	case EVICT_ALL:
		return evict_ioctl_all((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static int evict_open(struct inode *inode, struct file *file)
{
	struct evict_client *client;

	client = kzalloc(sizeof(*client), GFP_KERNEL);
	if (!client)
		return -ENOMEM;

	client->start = ULONG_MAX;
	mmgrab(current->mm);
	client->mm = current->mm;
	mutex_lock(&evict.lock);
	list_add_tail(&client->link, &evict.clients);
	mutex_unlock(&evict.lock);
	file->private_data = client;
	return 0;
}

/* Without the client its pages would be out of reach of evict_all(). */
static int evict_release(struct inode *inode, struct file *file)
{
	struct evict_client *client = file->private_data;
	struct evict_move move = { 0 };

	mutex_lock(&evict.lock);
	evict_client(client, &move);
	list_del(&client->link);
	mutex_unlock(&evict.lock);
	mmdrop(client->mm);
	kfree(client);
	return 0;
}

static const struct file_operations evict_file_operations = {
	.owner		= THIS_MODULE,
	.open		= evict_open,
	.release	= evict_release,
	.unlocked_ioctl	= evict_ioctl,
};

static int __init evict_init(void)
{
	int ret;

	mutex_init(&evict.lock);
	INIT_LIST_HEAD(&evict.clients);
	evict.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	evict.memory.pagemap.ops = &evict_pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	evict.memory.pagemap.owner = &evict;
#endif
	ret = device_memory_create(&evict.memory, EVICT_DEVICE_PAGES);
	if (ret)
		return ret;

	evict.misc.minor = MISC_DYNAMIC_MINOR;
	evict.misc.name = "evict";
	evict.misc.fops = &evict_file_operations;
	ret = misc_register(&evict.misc);
	if (ret)
		device_memory_destroy(&evict.memory);

	return ret;
}

static void __exit evict_exit(void)
{
	misc_deregister(&evict.misc);
	device_memory_destroy(&evict.memory);
}

module_init(evict_init);
module_exit(evict_exit);
MODULE_DESCRIPTION("Example: the device is emptied, whoever has pages there");
MODULE_LICENSE("GPL");
