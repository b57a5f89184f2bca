// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dace;

static unsigned long dace_done;

static void dace_copy_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&dace);
	if (!dpage)
		return;
	card_copy(&dace, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void dace_clear_alloc_and_copy(const unsigned long *src, unsigned long *dst, bool *really)
{
	struct page *dpage = NULL;

	if (*really && (*src & MIGRATE_PFN_MIGRATE))
		dpage = card_alloc(&dace);
	if (!dpage)
		return;
	card_copy(&dace, dpage, NULL);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void dace_finalize_and_map(const unsigned long *src)
{
	dace_done += !!(*src & MIGRATE_PFN_MIGRATE);
}

static long dace_copy(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &dace,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dace_copy_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		dace_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static long dace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	bool really = start == (start & PAGE_MASK);
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &dace,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start == PAGE_SIZE)
		return dace_copy(vma, start);
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dace_clear_alloc_and_copy(args.src, args.dst, &really);
		migrate_vma_pages(&args);
		dace_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return dace_done;
}

static const struct dev_pagemap_ops dace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dace_init(void)
{
	dace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dace.memory.pagemap.owner = &dace;
	dace.memory.pagemap.ops = &dace_pagemap_ops;
	return card_register(&dace, dace_move);
}

card_module(dace, dace_init);
