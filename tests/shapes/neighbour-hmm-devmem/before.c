// SPDX-License-Identifier: GPL-2.0-only
#include <linux/hmm.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

struct aspen {
	struct device *dev;
	struct hmm_devmem *devmem;
	spinlock_t lock;
	struct page *free;
};

static struct aspen *aspen;

static struct page *aspen_take(struct aspen *aspen)
{
	struct page *page;

	spin_lock(&aspen->lock);
	page = aspen->free;
	if (page)
		aspen->free = (struct page *)hmm_devmem_page_get_drvdata(page);
	spin_unlock(&aspen->lock);
	if (page) {
		get_page(page);
		lock_page(page);
	}
	return page;
}

static void aspen_copy(struct page *to, struct page *from);

static void aspen_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				       void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = hmm_vma_alloc_locked_page(vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	aspen_copy(dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void aspen_fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					 const unsigned long *dst, unsigned long start,
					 unsigned long end, void *private)
{
}

static const struct migrate_vma_ops aspen_fault_ops = {
	.alloc_and_copy		= aspen_fault_alloc_and_copy,
	.finalize_and_map	= aspen_fault_finalize_and_map,
};

static int aspen_devmem_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			      unsigned long addr, const struct page *page, unsigned int flags,
			      pmd_t *pmdp)
{
	unsigned long src = 0, dst = 0;
	int ret;

	ret = migrate_vma(&aspen_fault_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void aspen_devmem_free(struct hmm_devmem *devmem, struct page *page)
{
	struct aspen *owner = aspen;

	spin_lock(&owner->lock);
	hmm_devmem_page_set_drvdata(page, (unsigned long)owner->free);
	owner->free = page;
	spin_unlock(&owner->lock);
}

static const struct hmm_devmem_ops aspen_devmem_ops = {
	.free = aspen_devmem_free,
	.fault = aspen_devmem_fault,
};

int aspen_init(struct aspen *device)
{
	aspen = device;
	device->devmem = hmm_devmem_add(&aspen_devmem_ops, device->dev, 64 << PAGE_SHIFT);
	return PTR_ERR_OR_ZERO(device->devmem);
}
