// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/hmm.h>
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/miscdevice.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/uaccess.h>

#include "card-ioctl.h"

#define LINDEN_PAGES	64

struct linden {
	struct platform_device *platform;
	struct linden_devmem *devmem;
	spinlock_t lock;
	struct page *free;
	struct page *backing[LINDEN_PAGES];
	unsigned long fail;
	struct card_log log;
};

static struct linden linden;

/* Only its address counts: it marks the device memory as this driver's. */
static char linden_pgmap_owner;

static void linden_note(struct linden *linden, const char *what, unsigned long value)
{
	size_t used = strlen(linden->log.text);

	snprintf(linden->log.text + used, sizeof(linden->log.text) - used, "%s %lu\n", what, value);
}

/* Device memory. */
struct linden_devmem {
	struct device *device;
	unsigned long pfn_first;
	unsigned long pfn_last;
	struct dev_pagemap pagemap;
};

static struct linden_devmem *linden_devmem_add(const struct dev_pagemap_ops *ops,
					       struct device *device, unsigned long size)
{
	struct linden_devmem *devmem;
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
	devmem->pagemap.owner = &linden_pgmap_owner;
	addr = devm_memremap_pages(device, &devmem->pagemap);
	if (IS_ERR(addr)) {
		devm_release_mem_region(device, resource->start, resource_size(resource));
		return ERR_CAST(addr);
	}
	return devmem;
}

static struct page *linden_backing(struct linden *linden, struct page *page)
{
	return linden->backing[page_to_pfn(page) - linden->devmem->pfn_first];
}

static struct page *linden_take(struct linden *linden)
{
	struct page *page;

	spin_lock(&linden->lock);
	page = linden->free;
	if (page)
		linden->free = page->zone_device_data;
	spin_unlock(&linden->lock);
	if (!page)
		return NULL;
	zone_device_page_init(page, page_pgmap(page), 0);
	return page;
}

static void linden_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, struct linden *linden)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE) || (spage && is_device_private_page(spage)))
			continue;
		dpage = linden_take(linden);
		if (!dpage)
			continue;
		if (spage)
			copy_highpage(linden_backing(linden, dpage), spage);
		else
			clear_highpage(linden_backing(linden, dpage));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void linden_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long addr, moved = 0;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++)
		moved += !!(*src & MIGRATE_PFN_MIGRATE);
	linden_note(private, "moved", moved);
}

static void linden_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start,
					struct linden *linden, bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER, vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	lock_page(dpage);
	if (linden->fail) {
		linden->fail--;
		unlock_page(dpage);
		put_page(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	copy_highpage(dpage, linden_backing(linden, spage));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static vm_fault_t linden_devmem_fault(struct vm_fault *vmf)
{
	struct linden_devmem *devmem =
		container_of(page_pgmap(vmf->page), struct linden_devmem, pagemap);
	struct vm_area_struct *vma = vmf->vma;
	unsigned long addr = vmf->address;
	const struct page *page = vmf->page;
	struct linden *linden = dev_get_drvdata(devmem->device);
	unsigned long src = 0, dst = 0;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &linden_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	linden_note(linden, "faulted", page_to_pfn(page) - devmem->pfn_first);
	args.fault_page = vmf->page;
	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		linden_fault_alloc_and_copy(args.vma, args.src, args.dst, args.start, linden,
					    &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void linden_devmem_free(struct folio *folio)
{
	struct page *page = &folio->page;
	struct linden_devmem *devmem =
		container_of(page_pgmap(page), struct linden_devmem, pagemap);
	struct linden *linden = dev_get_drvdata(devmem->device);

	spin_lock(&linden->lock);
	page->zone_device_data = linden->free;
	linden->free = page;
	spin_unlock(&linden->lock);
}

static const struct dev_pagemap_ops linden_devmem_ops = {
	.folio_free = linden_devmem_free,
	.migrate_to_ram = linden_devmem_fault,
};

static long linden_move(struct linden *linden, struct card_range *range)
{
	struct mm_struct *mm = current->mm;
	unsigned long src[LINDEN_PAGES], dst[LINDEN_PAGES];
	unsigned long end = range->start + range->length;
	struct vm_area_struct *vma;
	long ret = -EFAULT;

	if (range->length > LINDEN_PAGES * PAGE_SIZE)
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
			.pgmap_owner	= &linden_pgmap_owner,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
		if (!ret && args.cpages) {
			linden_alloc_and_copy(args.src, args.dst, args.start, args.end, linden);
			migrate_vma_pages(&args);
			linden_finalize_and_map(args.src, args.start, args.end, linden);
			migrate_vma_finalize(&args);
		}
	}
	mmap_read_unlock(mm);
	return ret;
}

static long linden_ioctl(struct file *file, unsigned int command, unsigned long argument)
{
	struct card_range range;

	switch (command) {
	case CARD_MOVE:
		if (copy_from_user(&range, (void __user *)argument, sizeof(range)))
			return -EFAULT;
		return linden_move(&linden, &range);
	case CARD_FAIL:
		linden.fail = argument;
		return 0;
	case CARD_LOG:
		if (copy_to_user((void __user *)argument, &linden.log, sizeof(linden.log)))
			return -EFAULT;
		linden.log.text[0] = '\0';
		return 0;
	default:
		return -ENOTTY;
	}
}

static const struct file_operations linden_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= linden_ioctl,
};

static struct miscdevice linden_misc = {
	.minor	= MISC_DYNAMIC_MINOR,
	.name	= "card",
	.fops	= &linden_file_operations,
};

static void linden_free_backing(struct linden *linden)
{
	int i;

	for (i = 0; i < LINDEN_PAGES && linden->backing[i]; i++)
		__free_page(linden->backing[i]);
}

static int linden_make_memory(struct linden *linden)
{
	struct device *device = &linden->platform->dev;
	unsigned long pfn;
	int i;

	spin_lock_init(&linden->lock);
	for (i = 0; i < LINDEN_PAGES; i++) {
		linden->backing[i] = alloc_page(GFP_HIGHUSER);
		if (!linden->backing[i])
			return -ENOMEM;
	}
	dev_set_drvdata(device, linden);
	linden->devmem = linden_devmem_add(&linden_devmem_ops, device, LINDEN_PAGES << PAGE_SHIFT);
	if (IS_ERR(linden->devmem))
		return PTR_ERR(linden->devmem);
	for (pfn = linden->devmem->pfn_first; pfn < linden->devmem->pfn_last; pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (pfn >= linden->devmem->pfn_first + LINDEN_PAGES)
			break;
		page->zone_device_data = linden->free;
		linden->free = page;
	}
	return 0;
}

static int __init linden_init(void)
{
	int ret;

	linden.platform = platform_device_register_simple("linden", PLATFORM_DEVID_AUTO, NULL, 0);
	if (IS_ERR(linden.platform))
		return PTR_ERR(linden.platform);
	ret = linden_make_memory(&linden);
	if (!ret)
		ret = misc_register(&linden_misc);
	if (ret) {
		linden_free_backing(&linden);
		platform_device_unregister(linden.platform);
	}
	return ret;
}

static void __exit linden_exit(void)
{
	misc_deregister(&linden_misc);
	platform_device_unregister(linden.platform);
	linden_free_backing(&linden);
}

module_init(linden_init);
module_exit(linden_exit);
MODULE_LICENSE("GPL");
