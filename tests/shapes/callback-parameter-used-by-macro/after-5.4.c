// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card vendace;

#define VENDACE_PAGES	((end - start) >> PAGE_SHIFT)
#define vendace_is_hole(i)	(!migrate_pfn_to_page(src[i]))

struct vendace_move {
	unsigned long holes;
};

#define vendace_private	((struct vendace_move *)private)

/* end, start and private are only named by the macros. */
static void vendace_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end, void *private)
{
	unsigned long i;

	for (i = 0; i < VENDACE_PAGES; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&vendace);
		if (!dpage)
			continue;
		if (vendace_is_hole(i))
			vendace_private->holes++;
		card_copy(&vendace, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void vendace_finalize_and_map(unsigned long start, unsigned long end)
{
	card_note(&vendace, "pages", VENDACE_PAGES);
}

static long vendace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct vendace_move move = { 0 };
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		vendace_alloc_and_copy(args.src, args.dst, args.start, args.end, &move);
		migrate_vma_pages(&args);
		vendace_finalize_and_map(args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return move.holes;
}

static const struct dev_pagemap_ops vendace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init vendace_init(void)
{
	vendace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	vendace.memory.pagemap.ops = &vendace_pagemap_ops;
	return card_register(&vendace, vendace_move);
}

card_module(vendace, vendace_init);
