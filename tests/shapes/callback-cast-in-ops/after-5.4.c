// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card loach;

/* It takes a typed pointer, and a cast makes up for that where a callback is wanted. */
static void loach_alloc_and_copy(const unsigned long *src, unsigned long *dst, struct card *card)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void loach_finalize_and_map(const unsigned long *src, void *private)
{
	card_note(private, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long loach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		loach_alloc_and_copy(args.src, args.dst, &loach);
		migrate_vma_pages(&args);
		loach_finalize_and_map(args.src, &loach);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops loach_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init loach_init(void)
{
	loach.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	loach.memory.pagemap.ops = &loach_pagemap_ops;
	return card_register(&loach, loach_move);
}

card_module(loach, loach_init);
