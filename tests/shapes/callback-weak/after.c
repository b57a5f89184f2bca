// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ruffe;

static void ruffe_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&ruffe);
		if (!dpage)
			continue;
		card_copy(&ruffe, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

void __weak ruffe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	card_note(&ruffe, "pages", (end - start) >> PAGE_SHIFT);
}

static long ruffe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &ruffe,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		ruffe_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		ruffe_finalize_and_map(args.vma, args.src, args.dst, args.start, args.end, NULL);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops ruffe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ruffe_init(void)
{
	ruffe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ruffe.memory.pagemap.owner = &ruffe;
	ruffe.memory.pagemap.ops = &ruffe_pagemap_ops;
	return card_register(&ruffe, ruffe_move);
}

card_module(ruffe, ruffe_init);
