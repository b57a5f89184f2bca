/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * base.h - everything of a driver but the migration that goes wrong
 *
 * Each file beside this one is a driver with one mistake, in move(), which the scenario calls with
 * a program's first of four written pages. The first lines of the file say since when it compiles
 * and under which names the machine has to report it, in order: the first is the mistake, the others
 * are what comes of it.
 */
#ifndef WRONG_BASE_H
#define WRONG_BASE_H

#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mmu_notifier.h>
#include <linux/uaccess.h>

#include "../../../examples/device-memory.h"

#define NPAGES	4UL

#ifdef MIGRATE_PFN_LOCKED
#define DST_LOCKED	MIGRATE_PFN_LOCKED
#else
#define DST_LOCKED	0
#endif

static struct device_memory memory;
static unsigned long src[NPAGES], dst[NPAGES];

/* What the file is about. The mmap lock is not held. */
static long move(struct mm_struct *mm, unsigned long start);

static inline struct migrate_vma migration(struct vm_area_struct *vma, unsigned long start,
					   unsigned long npages, bool to_device)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = start,
		.end = start + npages * PAGE_SIZE,
		.src = src,
		.dst = dst,
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 9, 0)
		.pgmap_owner = &memory,
		.flags = to_device ? MIGRATE_VMA_SELECT_SYSTEM : MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
#elif LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
		.src_owner = to_device ? NULL : &memory,
#endif
	};

	return args;
}

/* A page of the device with the bytes of a source in it, as a word of dst. */
static inline unsigned long take_device_page(struct page *from)
{
	struct page *to = device_memory_alloc(&memory);

	if (!to)
		return 0;
	if (from)
		copy_highpage(device_memory_backing(to), from);
	else
		clear_highpage(device_memory_backing(to));
	return migrate_pfn(page_to_pfn(to)) | DST_LOCKED;
}

static inline void fill_dst(void)
{
	for (unsigned long i = 0; i < NPAGES; i++)
		if (src[i] & MIGRATE_PFN_MIGRATE)
			dst[i] = take_device_page(migrate_pfn_to_page(src[i]));
}

static inline void bring_back(struct migrate_vma *args)
{
	struct page *to;

	if (migrate_vma_setup(args) || !args->cpages)
		return;
	to = alloc_page(GFP_HIGHUSER);
	if (to) {
		lock_page(to);
		copy_highpage(to, device_memory_backing(migrate_pfn_to_page(src[0])));
		dst[0] = migrate_pfn(page_to_pfn(to)) | DST_LOCKED;
	}
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
}

#ifndef OWN_MIGRATE_TO_RAM
static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	struct migrate_vma args = migration(vmf->vma, vmf->address, 1, false);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
	args.fault_page = vmf->page;
#endif
	bring_back(&args);
	return 0;
}
#else
static vm_fault_t migrate_to_ram(struct vm_fault *vmf);
#endif

static const struct dev_pagemap_ops pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram = migrate_to_ram,
};

static long wrong_ioctl(struct file *file, unsigned int command, unsigned long start)
{
	return move(current->mm, start);
}

static const struct file_operations file_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = wrong_ioctl,
};

static struct miscdevice misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "wrong",
	.fops = &file_operations,
};

static int __init wrong_init(void)
{
	int ret;

	memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	memory.pagemap.ops = &pagemap_ops;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	memory.pagemap.owner = &memory;
#endif
	ret = device_memory_create(&memory, 16);
	if (ret)
		return ret;
	ret = misc_register(&misc);
	if (ret)
		device_memory_destroy(&memory);
	return ret;
}

static void __exit wrong_exit(void)
{
	misc_deregister(&misc);
	device_memory_destroy(&memory);
}

module_init(wrong_init);
module_exit(wrong_exit);
MODULE_LICENSE("GPL");

#endif
