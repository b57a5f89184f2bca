// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"
#include "orca.h"

static struct card orca;

static void orca_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < ORCA_NPAGES(); i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&orca);
		if (!dpage)
			continue;
		card_copy(&orca, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void orca_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	card_note(&orca, "pages", ORCA_NPAGES());
}

static long orca_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &orca,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		orca_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end, NULL);
		migrate_vma_pages(&args);
		orca_finalize_and_map(args.vma, args.src, args.dst, args.start, args.end, NULL);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops orca_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init orca_init(void)
{
	orca.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	orca.memory.pagemap.owner = &orca;
	orca.memory.pagemap.ops = &orca_pagemap_ops;
	return card_register(&orca, orca_move);
}

card_module(orca, orca_init);
