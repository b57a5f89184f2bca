// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card nase;

static void nase_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&nase);
		if (!dpage)
			continue;
		card_copy(&nase, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void nase_finalize_and_map(unsigned long start, unsigned long end)
{
	card_note(&nase, "pages", (end - start) >> PAGE_SHIFT);
}

static long nase_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &nase,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		nase_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		nase_finalize_and_map(args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops nase_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init nase_init(void)
{
	nase.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	nase.memory.pagemap.owner = &nase;
	nase.memory.pagemap.ops = &nase_pagemap_ops;
	return card_register(&nase, nase_move);
}

card_module(nase, nase_init);
