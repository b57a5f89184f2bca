// SPDX-License-Identifier: GPL-2.0-only
/*
 * mover.c - a driver that moves large ranges, for bench.c
 *
 * It does as little of its own as a driver can: a stack of free device pages, and bytes of the
 * device in blocks of system memory.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/ioport.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "mover-ioctl.h"

#define DEVICE_PAGES	(1UL << 18)
#define BLOCK_ORDER	10

static struct resource *region;
static struct dev_pagemap pagemap;
static struct page **unused_pages;
static unsigned long nr_unused;
static struct page *blocks[DEVICE_PAGES >> BLOCK_ORDER];

static struct page *bytes_of(struct page *page)
{
	unsigned long i;

	if (!is_device_private_page(page))
		return page;
	i = page_to_pfn(page) - PHYS_PFN(region->start);
	return blocks[i >> BLOCK_ORDER] + (i & ((1UL << BLOCK_ORDER) - 1));
}

static void folio_free(struct folio *folio)
{
	unused_pages[nr_unused++] = folio_page(folio, 0);
}

static struct page *take_device_page(void)
{
	struct page *page;

	if (!nr_unused)
		return NULL;
	page = unused_pages[--nr_unused];
	zone_device_page_init(page, &pagemap, 0);
	return page;
}

static struct page *take_system_page(void)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	if (page)
		lock_page(page);
	return page;
}

static void fill_destinations(const struct migrate_vma *args, bool to_device, bool copy)
{
	for (unsigned long i = 0; i < args->npages; i++) {
		struct page *from = migrate_pfn_to_page(args->src[i]), *to;

		if (!from || !(args->src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		to = to_device ? take_device_page() : take_system_page();
		if (!to)
			continue;
		if (copy)
			copy_highpage(bytes_of(to), bytes_of(from));
		args->dst[i] = migrate_pfn(page_to_pfn(to));
	}
}

static int move_range(struct vm_area_struct *vma, struct mover_range *range, struct page *fault_page,
		      unsigned long *src, unsigned long *dst)
{
	struct migrate_vma args = {
		.vma = vma,
		.start = range->start,
		.end = range->start + range->npages * PAGE_SIZE,
		.src = src,
		.dst = dst,
		.pgmap_owner = &pagemap,
		.flags = range->to_device ? MIGRATE_VMA_SELECT_SYSTEM :
					    MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page = fault_page,
	};
	int ret = migrate_vma_setup(&args);

	if (ret)
		return ret;
	fill_destinations(&args, range->to_device, range->copy);
	migrate_vma_pages(&args);
	for (unsigned long i = 0; i < args.npages; i++)
		range->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
	migrate_vma_finalize(&args);
	return 0;
}

static vm_fault_t migrate_to_ram(struct vm_fault *vmf)
{
	struct mover_range range = { .start = vmf->address, .npages = 1, .copy = 1 };
	unsigned long src, dst;

	if (move_range(vmf->vma, &range, vmf->page, &src, &dst))
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops pagemap_ops = {
	.folio_free = folio_free,
	.migrate_to_ram = migrate_to_ram,
};

static long mover_move(struct mover_range *range)
{
	unsigned long *words = kvcalloc(2 * range->npages, sizeof(*words), GFP_KERNEL);
	struct mm_struct *mm = current->mm;
	struct vm_area_struct *vma;
	long ret = -EINVAL;

	if (!words)
		return -ENOMEM;
	range->moved = 0;
	mmap_read_lock(mm);
	vma = vma_lookup(mm, range->start);
	if (vma)
		ret = move_range(vma, range, NULL, words, words + range->npages);
	mmap_read_unlock(mm);
	kvfree(words);
	return ret;
}

static long mover_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct mover_range range;
	long ret;

	if (command != MOVER_MOVE)
		return -ENOTTY;
	if (copy_from_user(&range, (void __user *)argument, sizeof(range)))
		return -EFAULT;
	ret = mover_move(&range);
	if (copy_to_user((void __user *)argument, &range, sizeof(range)))
		return -EFAULT;
	return ret;
}

static const struct file_operations mover_fops = {
	.owner = THIS_MODULE,
	.unlocked_ioctl = mover_ioctl,
};

static struct miscdevice mover_misc = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "mover",
	.fops = &mover_fops,
};

static int take_bytes(void)
{
	for (unsigned long i = 0; i < ARRAY_SIZE(blocks); i++) {
		blocks[i] = alloc_pages(GFP_KERNEL, BLOCK_ORDER);
		if (!blocks[i])
			return -ENOMEM;
	}
	return 0;
}

static int __init mover_init(void)
{
	unsigned long first;

	unused_pages = kvcalloc(DEVICE_PAGES, sizeof(*unused_pages), GFP_KERNEL);
	if (!unused_pages || take_bytes())
		return -ENOMEM;
	region = request_free_mem_region(&iomem_resource, DEVICE_PAGES << PAGE_SHIFT, "mover");
	if (IS_ERR(region))
		return PTR_ERR(region);
	pagemap = (struct dev_pagemap){
		.type = MEMORY_DEVICE_PRIVATE,
		.range = { .start = region->start, .end = region->end },
		.nr_range = 1,
		.ops = &pagemap_ops,
		.owner = &pagemap,
	};
	if (IS_ERR(memremap_pages(&pagemap, NUMA_NO_NODE)))
		return -ENOMEM;
	first = PHYS_PFN(region->start);
	while (nr_unused < DEVICE_PAGES) {
		unused_pages[nr_unused] = pfn_to_page(first + DEVICE_PAGES - 1 - nr_unused);
		nr_unused++;
	}
	return misc_register(&mover_misc);
}

static void __exit mover_exit(void)
{
	misc_deregister(&mover_misc);
	memunmap_pages(&pagemap);
	release_mem_region(region->start, DEVICE_PAGES << PAGE_SHIFT);
	for (unsigned long i = 0; i < ARRAY_SIZE(blocks); i++)
		__free_pages(blocks[i], BLOCK_ORDER);
	kvfree(unused_pages);
	nr_unused = 0;
}

module_init(mover_init);
module_exit(mover_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Moves large ranges to a device and back");
