// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card genet;

static void genet_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&genet);
		if (!dpage)
			continue;
		card_copy(&genet, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void genet_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&genet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long genet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long range[2], words[2][4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= words[0],
		.dst		= words[1],
		.pgmap_owner	= &genet,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* The array does not change, but what is in it does. */
	range[0] = start & PAGE_MASK;
	range[1] = range[0] + 2 * PAGE_SIZE;
	args.start = range[0] & PAGE_MASK;
	args.end = range[1];
	if (args.start >= args.end)
		return -EINVAL;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		genet_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		genet_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops genet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init genet_init(void)
{
	genet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	genet.memory.pagemap.owner = &genet;
	genet.memory.pagemap.ops = &genet_pagemap_ops;
	return card_register(&genet, genet_move);
}

card_module(genet, genet_init);
