// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pinnace;

static void pinnace_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pinnace);
		if (!dpage)
			continue;
		card_copy(&pinnace, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void pinnace_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pinnace, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int pinnace_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	pinnace_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	pinnace_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static int pinnace_worst;

static long pinnace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &pinnace,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	pinnace_worst = 0;
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	pinnace_worst |= pinnace_migrate(&args);
	addr += PAGE_SIZE;
	args.start = addr;
	args.end = addr + PAGE_SIZE;
	pinnace_worst |= pinnace_migrate(&args);
	return pinnace_worst;
}

static const struct dev_pagemap_ops pinnace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pinnace_init(void)
{
	pinnace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pinnace.memory.pagemap.owner = &pinnace;
	pinnace.memory.pagemap.ops = &pinnace_pagemap_ops;
	return card_register(&pinnace, pinnace_move);
}

card_module(pinnace, pinnace_init);
