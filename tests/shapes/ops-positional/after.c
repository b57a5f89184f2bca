// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card punt;

static void punt_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&punt);
		if (!dpage)
			continue;
		card_copy(&punt, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void punt_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&punt, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long punt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[8], dst[8];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &punt,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!IS_ALIGNED(start, PAGE_SIZE) || end - start > sizeof(src) / sizeof(src[0]) * PAGE_SIZE)
		return -EINVAL;
	if (migrate_vma_setup(&args))
		return -EFAULT;
	if (args.cpages) {
		punt_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		punt_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops punt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init punt_init(void)
{
	punt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	punt.memory.pagemap.owner = &punt;
	punt.memory.pagemap.ops = &punt_pagemap_ops;
	return card_register(&punt, punt_move);
}

card_module(punt, punt_init);
