// SPDX-License-Identifier: GPL-2.0-only
/*
 * evict - the device is emptied, whoever has pages there.
 *
 * Before a device is switched off, suspended or unplugged, what is in its memory has to go to
 * system memory.  No fault asks for it, and the programs concerned are somewhere else.
 *
 * This is the driver of three-step.c after one more step that no tool takes: it empties the device
 * with migrate_device_range(), which goes by device pages.  So it need not remember who has opened
 * it and which addresses they sent, it needs no mmap_lock, and it finds every page.
 *
 * For Linux from 6.1 on.
 */
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/kernel.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "../device-memory.h"
#include "evict-ioctl.h"

#define EVICT_DEVICE_PAGES	64
#define EVICT_CHUNK_PAGES	16UL
#define EVICT_CHUNK_SIZE	(EVICT_CHUNK_PAGES << PAGE_SHIFT)

/**
 * struct evict_device - the device
 * @memory: its memory
 * @misc: its file in /dev
 * @users: how many have it open
 */
struct evict_device {
	struct device_memory memory;
	struct miscdevice misc;
	atomic_t users;
};

static struct evict_device evict;

/**
 * struct evict_move - pages on their way, in either direction
 * @moved: pages that have arrived
 * @lost: pages that could not be brought back
 */
struct evict_move {
	unsigned long moved;
	unsigned long lost;
};

static void evict_to_device_alloc_and_copy(const unsigned long *src,
					   unsigned long *dst,
					   unsigned long start,
					   unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void evict_to_device_finalize_and_map(const unsigned long *src,
					     const unsigned long *dst,
					     unsigned long start,
					     unsigned long end,
					     struct evict_move *move)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			move->moved++;
	}
}

/* The caller holds the mmap_lock. */
static int evict_to_device(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			   struct evict_move *move)
{
	unsigned long src[EVICT_CHUNK_PAGES], dst[EVICT_CHUNK_PAGES];
	unsigned long addr;
	int ret = 0;

	for (addr = start; addr < end && !ret; addr += EVICT_CHUNK_SIZE) {
		unsigned long next = min(end, addr + EVICT_CHUNK_SIZE);
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= next,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &evict,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (!ret && args.cpages) {
			evict_to_device_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			evict_to_device_finalize_and_map(args.src, args.dst, args.start, args.end,
							 move);
			migrate_vma_finalize(&args);
		}
	}
	return ret;
}

/* For a page that goes to system memory: the word of its copy, or 0. */
static unsigned long evict_copy_to_system(struct page *spage, struct evict_move *move)
{
	struct page *dpage = alloc_page(GFP_HIGHUSER_MOVABLE);

	if (!dpage) {
		move->lost++;
		return 0;
	}
	lock_page(dpage);
	copy_highpage(dpage, device_memory_backing(spage));
	return migrate_pfn(page_to_pfn(dpage));
}

/* Brings everything back: 0, or -ENOMEM if something had to stay for want of memory. */
static int evict_all(struct evict_move *move)
{
	unsigned long src[EVICT_CHUNK_PAGES], dst[EVICT_CHUNK_PAGES];
	unsigned long first = evict.memory.first_pfn;
	unsigned long end = first + evict.memory.nr_pages;

	for (; first < end; first += EVICT_CHUNK_PAGES) {
		unsigned long npages = min(end - first, EVICT_CHUNK_PAGES);
		unsigned long i;

		/* Unlike migrate_vma_setup() it does not clear dst. */
		memset(dst, 0, sizeof(dst));
		migrate_device_range(src, first, npages);
		for (i = 0; i < npages; i++) {
			if (src[i] & MIGRATE_PFN_MIGRATE)
				dst[i] = evict_copy_to_system(migrate_pfn_to_page(src[i]), move);
		}
		migrate_device_pages(src, dst, npages);
		for (i = 0; i < npages; i++) {
			if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
				move->moved++;
		}
		migrate_device_finalize(src, dst, npages);
	}

	return move->lost ? -ENOMEM : 0;
}

static vm_fault_t evict_migrate_to_ram(struct vm_fault *vmf)
{
	struct evict_move move = { 0 };
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &evict,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		dst = evict_copy_to_system(migrate_pfn_to_page(src), &move);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}

	return move.lost ? VM_FAULT_OOM : 0;
}

static const struct dev_pagemap_ops evict_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= evict_migrate_to_ram,
};

static long evict_ioctl_to_device(void __user *argument)
{
	struct mm_struct *mm = current->mm;
	struct evict_move move = { 0 };
	struct evict_range range;
	unsigned long start, end;
	int ret;

	if (copy_from_user(&range, argument, sizeof(range)))
		return -EFAULT;

	start = range.start;
	end = range.start + range.length;
	if (!PAGE_ALIGNED(start) || !PAGE_ALIGNED(end) || end <= start)
		return -EINVAL;

	mmap_read_lock(mm);
	/* With nothing mapped at start this is NULL or a later one, which is refused. */
	ret = evict_to_device(find_vma(mm, start), start, end, &move);
	mmap_read_unlock(mm);

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
		return evict_ioctl_to_device((void __user *)argument);
	case EVICT_ALL:
		return evict_ioctl_all((void __user *)argument);
	default:
		return -ENOTTY;
	}
}

static int evict_open(struct inode *inode, struct file *file)
{
	atomic_inc(&evict.users);
	return 0;
}

/* With nobody left it may be switched off at any time. */
static int evict_release(struct inode *inode, struct file *file)
{
	struct evict_move move = { 0 };

	if (atomic_dec_and_test(&evict.users))
		evict_all(&move);
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

	evict.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	evict.memory.pagemap.ops = &evict_pagemap_ops;
	evict.memory.pagemap.owner = &evict;
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
