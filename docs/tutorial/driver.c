// SPDX-License-Identifier: GPL-2.0-only
/*
 * lend - a program lends its pages to a device, and gets them back when it touches them.
 *
 * For Linux 5.3: it uses migrate_vma().
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/sched.h>
#include <linux/uaccess.h>

#include "../examples/device-memory.h"
#include "lend-ioctl.h"

#define LEND_PAGES	32
#define LEND_AT_ONCE	16UL

static struct device_memory lend_memory;

static void lend_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *spage = migrate_pfn_to_page(src[i]);
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		if (spage && is_device_private_page(spage))
			continue;
		dpage = device_memory_alloc(&lend_memory);
		if (!dpage)
			return;
		if (spage)
			copy_highpage(device_memory_backing(dpage), spage);
		else
			clear_highpage(device_memory_backing(dpage));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void lend_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	struct lend_range *range = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		if (src[i] & MIGRATE_PFN_MIGRATE)
			range->moved++;
	}
}

static const struct migrate_vma_ops lend_ops = {
	.alloc_and_copy = lend_alloc_and_copy,
	.finalize_and_map = lend_finalize_and_map,
};

static int lend_to_device(struct vm_area_struct *vma, unsigned long start, unsigned long end,
			  struct lend_range *range)
{
	unsigned long src[LEND_AT_ONCE], dst[LEND_AT_ONCE];
	unsigned long next;
	int ret;

	for (; start < end; start = next) {
		next = min(end, start + (LEND_AT_ONCE << PAGE_SHIFT));
		ret = migrate_vma(&lend_ops, vma, start, next, src, dst, range);
		if (ret)
			return ret;
	}
	return 0;
}

static void lend_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start, unsigned long end,
				      void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	lock_page(dpage);
	copy_highpage(dpage, device_memory_backing(spage));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void lend_fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					const unsigned long *dst, unsigned long start,
					unsigned long end, void *private)
{
}

static const struct migrate_vma_ops lend_fault_ops = {
	.alloc_and_copy = lend_fault_alloc_and_copy,
	.finalize_and_map = lend_fault_finalize_and_map,
};

static vm_fault_t lend_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src[1] = { 0 }, dst[1] = { 0 };

	if (migrate_vma(&lend_fault_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			src, dst, NULL))
		return VM_FAULT_SIGBUS;
	if (dst[0] == MIGRATE_PFN_ERROR)
		return VM_FAULT_OOM;
	return 0;
}

static const struct dev_pagemap_ops lend_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram = lend_migrate_to_ram,
};

static long lend_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct mm_struct *mm = current->mm;
	struct lend_range range;
	unsigned long start, end;
	struct vm_area_struct *vma;
	int ret = -EFAULT;

	if (command != LEND_TO_DEVICE)
		return -ENOTTY;
	if (copy_from_user(&range, (void __user *)argument, sizeof(range)))
		return -EFAULT;
	start = range.start & PAGE_MASK;
	end = PAGE_ALIGN(range.start + range.length);
	range.moved = 0;

	down_read(&mm->mmap_sem);
	vma = find_vma(mm, start);
	if (vma && vma->vm_start <= start && end <= vma->vm_end)
		ret = lend_to_device(vma, start, end, &range);
	up_read(&mm->mmap_sem);

	if (copy_to_user((void __user *)argument, &range, sizeof(range)))
		return -EFAULT;
	return ret;
}

static const struct file_operations lend_file_operations = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = lend_ioctl,
};

static struct miscdevice lend_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "lend",
	.fops = &lend_file_operations,
};

static int __init lend_init(void)
{
	int ret;

	lend_memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lend_memory.pagemap.ops = &lend_pagemap_ops;
	ret = device_memory_create(&lend_memory, LEND_PAGES);
	if (ret)
		return ret;
	ret = misc_register(&lend_misc);
	if (ret)
		device_memory_destroy(&lend_memory);
	return ret;
}

static void __exit lend_exit(void)
{
	misc_deregister(&lend_misc);
	device_memory_destroy(&lend_memory);
}

module_init(lend_init);
module_exit(lend_exit);
MODULE_LICENSE("GPL");
