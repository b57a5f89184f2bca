// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tjotter;

static void tjotter_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&tjotter);
		if (!dpage)
			continue;
		card_copy(&tjotter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void tjotter_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&tjotter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int tjotter_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	tjotter_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	tjotter_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long tjotter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &tjotter,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	switch (tjotter_migrate(&args)) {
	case 0:
		return 0;
	case -EINVAL:
		return -EFAULT;
	default:
		return -EIO;
	}
}

static const struct dev_pagemap_ops tjotter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tjotter_init(void)
{
	tjotter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tjotter.memory.pagemap.owner = &tjotter;
	tjotter.memory.pagemap.ops = &tjotter_pagemap_ops;
	return card_register(&tjotter, tjotter_move);
}

card_module(tjotter, tjotter_init);
