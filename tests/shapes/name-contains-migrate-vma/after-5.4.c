// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bcard;

static void bcard_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bcard);
		if (!dpage)
			continue;
		card_copy(&bcard, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bcard_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bcard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* Functions of the driver whose names contain, or begin with, those of the API. */
static int bcard_migrate_vma(struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		bcard_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		bcard_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static void migrate_vma_finalize_bcard(unsigned long migrate_vma_setup_count)
{
	card_note(&bcard, "migrate_vma(&ops) of nothing", migrate_vma_setup_count);
}

static long bcard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	int migrate_vma_pages_moved = bcard_migrate_vma(vma, start);

	migrate_vma_finalize_bcard(migrate_vma_pages_moved == 0);
	return migrate_vma_pages_moved;
}

static const struct dev_pagemap_ops bcard_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bcard_init(void)
{
	bcard.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bcard.memory.pagemap.ops = &bcard_pagemap_ops;
	return card_register(&bcard, bcard_move);
}

card_module(bcard, bcard_init);
