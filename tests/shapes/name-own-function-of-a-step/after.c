// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card eland;

/* The kernels this driver was written for have no function of this name. */
static void eland_migrate_vma_pages(unsigned long npages)
{
	card_note(&eland, "pages", npages);
}

static void eland_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&eland);
		if (!dpage)
			continue;
		card_copy(&eland, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void eland_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&eland, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long eland_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &eland,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		eland_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		eland_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	eland_migrate_vma_pages(2);
	return 0;
}

static const struct dev_pagemap_ops eland_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init eland_init(void)
{
	eland.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	eland.memory.pagemap.owner = &eland;
	eland.memory.pagemap.ops = &eland_pagemap_ops;
	return card_register(&eland, eland_move);
}

card_module(eland, eland_init);
