// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card crane;

struct crane_unit {
	struct card *card;
	unsigned long done;
};

static struct page *crane_fetch(struct crane_unit *unit, struct page *spage)
{
	struct page *dpage = card_alloc(unit->card);

	if (dpage) {
		card_copy(unit->card, dpage, spage);
		unit->done++;
	}
	return dpage;
}

static void crane_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, struct crane_unit *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = crane_fetch(private,
					    migrate_pfn_to_page(src[i]));
		if (dpage)
			dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void crane_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&crane, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long crane_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct crane_unit unit = { .card = &crane };
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
		crane_alloc_and_copy(args.src, args.dst, args.start, args.end, &unit);
		migrate_vma_pages(&args);
		crane_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return unit.done;
}

static const struct dev_pagemap_ops crane_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init crane_init(void)
{
	crane.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	crane.memory.pagemap.ops = &crane_pagemap_ops;
	return card_register(&crane, crane_move);
}

card_module(crane, crane_init);
