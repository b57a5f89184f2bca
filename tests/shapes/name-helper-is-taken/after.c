// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ecard;

static void ecard_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ecard);
		if (!dpage)
			continue;
		card_copy(&ecard, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void ecard_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ecard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int ecard_migrate_range(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ecard_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	ecard_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* The name that fits best is in use. */
static int ecard_migrate(struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &ecard,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return ecard_migrate_range(&args);
}

static long ecard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return ecard_migrate(vma, start);
}

static const struct dev_pagemap_ops ecard_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ecard_init(void)
{
	ecard.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ecard.memory.pagemap.owner = &ecard;
	ecard.memory.pagemap.ops = &ecard_pagemap_ops;
	return card_register(&ecard, ecard_move);
}

card_module(ecard, ecard_init);
