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

static void cypress_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = cypress_take();
	if (!dpage)
		return;
	poplar_copy(&cypress, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

int cypress_move(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &cypress,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		cypress_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

int cypress_init(struct device *dev)
{
	cypress.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cypress.pagemap.owner = &cypress;
	return poplar_init(&cypress, dev);
}
