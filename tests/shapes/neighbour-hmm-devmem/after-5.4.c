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
				       unsigned long *dst, unsigned long start, bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = hmm_vma_alloc_locked_page(vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	aspen_copy(dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static int aspen_devmem_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			      unsigned long addr, const struct page *page, unsigned int flags,
			      pmd_t *pmdp)
{
	unsigned long src = 0, dst = 0;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= addr,
		.end	= addr + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		aspen_fault_alloc_and_copy(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
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
