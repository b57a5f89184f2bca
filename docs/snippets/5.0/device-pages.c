// SPDX-License-Identifier: GPL-2.0-only
#include "../snippet.h"

#include <linux/device.h>
#include <linux/err.h>
#include <linux/hmm.h>
#include <linux/spinlock.h>

static DEFINE_SPINLOCK(drv_lock);
static struct hmm_devmem *drv_devmem;
static struct page *drv_free_pages;

static void drv_page_free(struct hmm_devmem *devmem, struct page *page)
{
	spin_lock(&drv_lock);
	hmm_devmem_page_set_drvdata(page, (unsigned long)drv_free_pages);
	drv_free_pages = page;
	spin_unlock(&drv_lock);
}

/* Takes a page of the device, which becomes a destination. */
struct page *drv_take_page(void)
{
	struct page *page;

	spin_lock(&drv_lock);
	page = drv_free_pages;
	if (page)
		drv_free_pages = (struct page *)hmm_devmem_page_get_drvdata(page);
	spin_unlock(&drv_lock);
	if (page) {
		get_page(page);
		lock_page(page);
	}
	return page;
}

/* The destination for a page that comes back, with the reference and the lock that it needs. */
void drv_bring_back(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		    unsigned long addr)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage = spage ? hmm_vma_alloc_locked_page(vma, addr) : NULL;

	if (!dpage)
		return;
	drv_copy(&drv, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

int drv_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma, unsigned long addr,
	      const struct page *page, unsigned int flags, pmd_t *pmdp);

static const struct hmm_devmem_ops drv_devmem_ops = {
	.free = drv_page_free,
	.fault = drv_fault,
};

int drv_probe_memory(struct device *dev)
{
	unsigned long pfn;

	drv_devmem = hmm_devmem_add(&drv_devmem_ops, dev, 64 << PAGE_SHIFT);
	if (IS_ERR(drv_devmem))
		return PTR_ERR(drv_devmem);
	for (pfn = drv_devmem->pfn_first; pfn < drv_devmem->pfn_last; pfn++)
		drv_page_free(drv_devmem, pfn_to_page(pfn));
	return 0;
}

void drv_remove_memory(void)
{
	hmm_devmem_remove(drv_devmem);
}
