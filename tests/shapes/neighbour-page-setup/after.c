// SPDX-License-Identifier: GPL-2.0-only
#include <linux/memremap.h>
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "poplar.h"

static struct poplar poplar;

static struct page *poplar_take(void)
{
	struct page *page = poplar_pop(&poplar);

	if (!page)
		return NULL;
	zone_device_page_init(page, page_pgmap(page), 0);
	return page;
}

static void poplar_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = poplar_take();
	if (!dpage)
		return;
	poplar_copy(&poplar, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void poplar_finalize_and_map(const unsigned long *src)
{
	poplar_moved(&poplar, !!(*src & MIGRATE_PFN_MIGRATE));
}

int poplar_move(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &poplar,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		poplar_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		poplar_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static void poplar_page_free(struct folio *folio)
{
	struct page *page = &folio->page;

	poplar_push(&poplar, page);
}

static const struct dev_pagemap_ops poplar_pagemap_ops = {
	.folio_free		= poplar_page_free,
	.migrate_to_ram		= poplar_migrate_to_ram,
};

int poplar_init(struct device *dev, struct resource *res)
{
	poplar.pagemap.type = MEMORY_DEVICE_PRIVATE;
	poplar.pagemap.owner = &poplar;
	poplar.pagemap.range.start = res->start;
	poplar.pagemap.range.end = res->end;
	poplar.pagemap.nr_range = 1;
	poplar.pagemap.ops = &poplar_pagemap_ops;
	return PTR_ERR_OR_ZERO(devm_memremap_pages(dev, &poplar.pagemap));
}
