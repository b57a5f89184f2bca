// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tapir;

static struct card *unit = &tapir;

static void tapir_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				 unsigned long *private)
{
	/* The card that all of the driver knows as unit, and then another unit. */
	struct card *card = unit;
	unsigned long *unit = private;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
	++*unit;
}

static void tapir_finalize_and_map(const unsigned long *src)
{
	card_note(unit, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long tapir_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, count = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &tapir,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		tapir_alloc_and_copy(args.src, args.dst, &count);
		migrate_vma_pages(&args);
		tapir_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return count;
}

static const struct dev_pagemap_ops tapir_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tapir_init(void)
{
	tapir.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tapir.memory.pagemap.owner = &tapir;
	tapir.memory.pagemap.ops = &tapir_pagemap_ops;
	return card_register(&tapir, tapir_move);
}

card_module(tapir, tapir_init);
