// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

#include "poplar.h"

static struct poplar cypress;

static struct page *cypress_take(void)
{
	struct page *page = poplar_pop(&cypress);

	if (!page)
		return NULL;
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
	get_page(page);
	lock_page(page);
#else
	zone_device_page_init(page);
#endif
	return page;
}

static void cypress_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = cypress_take();
	if (!dpage)
		return;
	poplar_copy(&cypress, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void cypress_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
}

static const struct migrate_vma_ops cypress_ops = {
	.alloc_and_copy		= cypress_alloc_and_copy,
	.finalize_and_map	= cypress_finalize_and_map,
};

int cypress_move(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&cypress_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

int cypress_init(struct device *dev)
{
	cypress.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cypress.pagemap.owner = &cypress;
	return poplar_init(&cypress, dev);
}
