// SPDX-License-Identifier: GPL-2.0-only
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/hmm.h>
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
	struct hmm_devmem *devmem;
	spinlock_t lock;
	struct page *free;
	struct page *backing[LINDEN_PAGES];
	unsigned long fail;
	struct card_log log;
};

static struct linden linden;

static void linden_note(struct linden *linden, const char *what, unsigned long value)
{
	size_t used = strlen(linden->log.text);

	snprintf(linden->log.text + used, sizeof(linden->log.text) - used, "%s %lu\n", what, value);
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
		linden->free = (struct page *)hmm_devmem_page_get_drvdata(page);
	spin_unlock(&linden->lock);
	if (!page)
		return NULL;
	get_page(page);
	lock_page(page);
	return page;
}

static void linden_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct linden *linden = private;
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE) || (*src & MIGRATE_PFN_DEVICE))
			continue;
		dpage = linden_take(linden);
		if (!dpage)
			continue;
		if (spage)
			copy_highpage(linden_backing(linden, dpage), spage);
		else
			clear_highpage(linden_backing(linden, dpage));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
	}
}

static void linden_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long addr, moved = 0;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++)
		moved += !!(*src & MIGRATE_PFN_MIGRATE);
	linden_note(private, "moved", moved);
}

static const struct migrate_vma_ops linden_ops = {
	.alloc_and_copy		= linden_alloc_and_copy,
	.finalize_and_map	= linden_finalize_and_map,
};

static void linden_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, unsigned long end,
					void *private)
{
	struct linden *linden = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = hmm_vma_alloc_locked_page(vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	if (linden->fail) {
		linden->fail--;
		unlock_page(dpage);
		put_page(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	copy_highpage(dpage, linden_backing(linden, spage));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void linden_fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					  const unsigned long *dst, unsigned long start,
					  unsigned long end, void *private)
{
}

static const struct migrate_vma_ops linden_fault_ops = {
	.alloc_and_copy		= linden_fault_alloc_and_copy,
	.finalize_and_map	= linden_fault_finalize_and_map,
};

static int linden_devmem_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			       unsigned long addr, const struct page *page, unsigned int flags,
			       pmd_t *pmdp)
{
	struct linden *linden = dev_get_drvdata(devmem->device);
	unsigned long src = 0, dst = 0;
	int ret;

	linden_note(linden, "faulted", page_to_pfn(page) - devmem->pfn_first);
	ret = migrate_vma(&linden_fault_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, linden);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void linden_devmem_free(struct hmm_devmem *devmem, struct page *page)
{
	struct linden *linden = dev_get_drvdata(devmem->device);

	spin_lock(&linden->lock);
	hmm_devmem_page_set_drvdata(page, (unsigned long)linden->free);
	linden->free = page;
	spin_unlock(&linden->lock);
}

static const struct hmm_devmem_ops linden_devmem_ops = {
	.free = linden_devmem_free,
	.fault = linden_devmem_fault,
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
	down_read(&mm->mmap_sem);
	vma = find_vma(mm, range->start);
	if (vma && vma->vm_start <= range->start)
		ret = migrate_vma(&linden_ops, vma, range->start, end, src, dst, linden);
	up_read(&mm->mmap_sem);
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
	linden->devmem = hmm_devmem_add(&linden_devmem_ops, device, LINDEN_PAGES << PAGE_SHIFT);
	if (IS_ERR(linden->devmem))
		return PTR_ERR(linden->devmem);
	for (pfn = linden->devmem->pfn_first; pfn < linden->devmem->pfn_last; pfn++) {
		struct page *page = pfn_to_page(pfn);

		if (pfn >= linden->devmem->pfn_first + LINDEN_PAGES)
			break;
		hmm_devmem_page_set_drvdata(page, (unsigned long)linden->free);
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
