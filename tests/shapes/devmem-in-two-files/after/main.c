// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "larch.h"

static struct larch larch;

/* Only its address counts: it marks the device memory as this driver's. */
char larch_pgmap_owner;

void larch_note(struct larch *larch, const char *what, unsigned long value)
{
	size_t used = strlen(larch->log.text);

	snprintf(larch->log.text + used, sizeof(larch->log.text) - used, "%s %lu\n", what, value);
}

static struct larch_devmem *larch_devmem_add(const struct dev_pagemap_ops *ops,
					     struct device *device, unsigned long size)
{
	struct larch_devmem *devmem;
	struct resource *resource;
	void *addr;

	devmem = devm_kzalloc(device, sizeof(*devmem), GFP_KERNEL);
	if (!devmem)
		return ERR_PTR(-ENOMEM);
	resource = devm_request_free_mem_region(device, &iomem_resource, size);
	if (IS_ERR(resource))
		return ERR_CAST(resource);

	devmem->device = device;
	devmem->pfn_first = PHYS_PFN(resource->start);
	devmem->pfn_last = PHYS_PFN(resource->start + resource_size(resource));
	devmem->pagemap.type = MEMORY_DEVICE_PRIVATE;
	devmem->pagemap.range.start = resource->start;
	devmem->pagemap.range.end = resource->end;
	devmem->pagemap.nr_range = 1;
	devmem->pagemap.ops = ops;
	devmem->pagemap.owner = &larch_pgmap_owner;
	addr = devm_memremap_pages(device, &devmem->pagemap);
	if (IS_ERR(addr)) {
		devm_release_mem_region(device, resource->start, resource_size(resource));
		return ERR_CAST(addr);
	}
	return devmem;
}

struct page *larch_backing(struct larch *larch, struct page *page)
{
	return larch->backing[page_to_pfn(page) - larch->devmem->pfn_first];
}

static struct page *larch_take(struct larch *larch)
{
	struct page *page;

	spin_lock(&larch->lock);
	page = larch->free;
	if (page)
		larch->free = page->zone_device_data;
	spin_unlock(&larch->lock);
	if (!page)
		return NULL;
	zone_device_page_init(page, page_pgmap(page), 0);
	return page;
}

static void larch_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, struct larch *larch)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE) || (spage && is_device_private_page(spage)))
			continue;
		dpage = larch_take(larch);
		if (!dpage)
			continue;
		if (spage)
			copy_highpage(larch_backing(larch, dpage), spage);
		else
			clear_highpage(larch_backing(larch, dpage));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void larch_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long addr, moved = 0;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++)
		moved += !!(*src & MIGRATE_PFN_MIGRATE);
	larch_note(private, "moved", moved);
}

static long larch_move(struct larch *larch, struct card_range *range)
{
	struct mm_struct *mm = current->mm;
	unsigned long src[LARCH_PAGES], dst[LARCH_PAGES];
	unsigned long end = range->start + range->length;
	struct vm_area_struct *vma;
	long ret = -EFAULT;

	if (range->length > LARCH_PAGES * PAGE_SIZE)
		return -EINVAL;
	mmap_read_lock(mm);
	vma = find_vma(mm, range->start);
	if (vma && vma->vm_start <= range->start) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= range->start & PAGE_MASK,
			.end		= end,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &larch_pgmap_owner,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
		if (!ret && args.cpages) {
			larch_alloc_and_copy(args.src, args.dst, args.start, args.end, larch);
			migrate_vma_pages(&args);
			larch_finalize_and_map(args.src, args.start, args.end, larch);
			migrate_vma_finalize(&args);
		}
	}
	mmap_read_unlock(mm);
	return ret;
}

static long larch_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct card_range range;

	switch (command) {
	case CARD_MOVE:
		if (copy_from_user(&range, (void __user *)argument, sizeof(range)))
			return -EFAULT;
		return larch_move(&larch, &range);
	case CARD_FAIL:
		larch.fail = argument;
		return 0;
	case CARD_LOG:
		if (copy_to_user((void __user *)argument, &larch.log, sizeof(larch.log)))
			return -EFAULT;
		larch.log.text[0] = '\0';
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations larch_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= larch_ioctl,
};

static struct miscdevice larch_misc = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "card",
	.fops	= &larch_file_operations,
};

static void larch_free_backing(struct larch *larch)
{
	int i;

	for (i = 0; i < LARCH_PAGES && larch->backing[i]; i++)
		__free_page(larch->backing[i]);
}

static int larch_make_memory(struct larch *larch)
{
	struct device *device = &larch->platform->dev;
	unsigned long pfn;
	int i;

	spin_lock_init(&larch->lock);
	for (i = 0; i < LARCH_PAGES; i++) {
		larch->backing[i] = alloc_page(GFP_HIGHUSER);
		if (!larch->backing[i])
			return -ENOMEM;
	}
	dev_set_drvdata(device, larch);
	larch->devmem = larch_devmem_add(&larch_devmem_ops, device, LARCH_PAGES << PAGE_SHIFT);
	if (IS_ERR(larch->devmem))
		return PTR_ERR(larch->devmem);
	for (pfn = larch->devmem->pfn_first; pfn < larch->devmem->pfn_last; pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (pfn >= larch->devmem->pfn_first + LARCH_PAGES)
			break;
		page->zone_device_data = larch->free;
		larch->free = page;
	}
	return 0;
}

static int __init larch_init(void)
{
	int ret;

	larch.platform = platform_device_register_simple("larch", PLATFORM_DEVID_AUTO, NULL, 0);
	if (IS_ERR(larch.platform))
		return PTR_ERR(larch.platform);
	ret = larch_make_memory(&larch);
	if (!ret)
		ret = misc_register(&larch_misc);
	if (ret) {
		larch_free_backing(&larch);
		platform_device_unregister(larch.platform);
	}
	return ret;
}

static void __exit larch_exit(void)
{
	misc_deregister(&larch_misc);
	platform_device_unregister(larch.platform);
	larch_free_backing(&larch);
}

module_init(larch_init);
module_exit(larch_exit);
MODULE_LICENSE("GPL");
