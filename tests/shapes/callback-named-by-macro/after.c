// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card chub;

#define CHUB_COPY	chub_alloc_and_copy

static void chub_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&chub);
		if (!dpage)
			continue;
		card_copy(&chub, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void chub_finalize_and_map(const unsigned long *src)
{
	card_note(&chub, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static long chub_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &chub,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		chub_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		chub_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops chub_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init chub_init(void)
{
	chub.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	chub.memory.pagemap.owner = &chub;
	chub.memory.pagemap.ops = &chub_pagemap_ops;
	return card_register(&chub, chub_move);
}

card_module(chub, chub_init);
