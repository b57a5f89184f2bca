// SPDX-License-Identifier: GPL-2.0-only
#include <linux/highmem.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/platform_device.h>

#include "larch.h"

static void larch_fault_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, unsigned long end,
					void *private)
{
	struct larch *larch = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = hmm_vma_alloc_locked_page(vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	if (larch->fail) {
		larch->fail--;
		unlock_page(dpage);
		put_page(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	copy_highpage(dpage, larch_backing(larch, spage));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void larch_fault_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					  const unsigned long *dst, unsigned long start,
					  unsigned long end, void *private)
{
}

static const struct migrate_vma_ops larch_fault_ops = {
	.alloc_and_copy		= larch_fault_alloc_and_copy,
	.finalize_and_map	= larch_fault_finalize_and_map,
};

static int larch_devmem_fault(struct hmm_devmem *devmem, struct vm_area_struct *vma,
			       unsigned long addr, const struct page *page, unsigned int flags,
			       pmd_t *pmdp)
{
	struct larch *larch = dev_get_drvdata(devmem->device);
	unsigned long src = 0, dst = 0;
	int ret;

	larch_note(larch, "faulted", page_to_pfn(page) - devmem->pfn_first);
	ret = migrate_vma(&larch_fault_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, larch);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static void larch_devmem_free(struct hmm_devmem *devmem, struct page *page)
{
	struct larch *larch = dev_get_drvdata(devmem->device);

	spin_lock(&larch->lock);
	hmm_devmem_page_set_drvdata(page, (unsigned long)larch->free);
	larch->free = page;
	spin_unlock(&larch->lock);
}

const struct hmm_devmem_ops larch_devmem_ops = {
	.free = larch_devmem_free,
	.fault = larch_devmem_fault,
};
