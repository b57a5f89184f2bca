// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dunlin;

struct dunlin_entry {
	unsigned long pfn;
	struct dunlin_entry *next;
};

/* One entry of the list for each page. */
static void dunlin_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, struct dunlin_entry *private)
{
	for (; start < end && private; start += PAGE_SIZE, src++, dst++) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&dunlin);
		if (dpage) {
			card_copy(&dunlin, dpage, migrate_pfn_to_page(*src));
			*dst = migrate_pfn(page_to_pfn(dpage));
			private->pfn = page_to_pfn(dpage);
		}
		private = private->next;
	}
}

static void dunlin_finalize_and_map(struct dunlin_entry *entry)
{
	/* From the first one again. */
	for (; entry; entry = entry->next)
		card_note(&dunlin, "filled", !!entry->pfn);
}

static long dunlin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct dunlin_entry entries[3] = { { 0, &entries[1] }, { 0, &entries[2] }, { 0, NULL } };
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dunlin,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dunlin_alloc_and_copy(args.src, args.dst, args.start, args.end, entries);
		migrate_vma_pages(&args);
		dunlin_finalize_and_map(entries);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops dunlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dunlin_init(void)
{
	dunlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dunlin.memory.pagemap.owner = &dunlin;
	dunlin.memory.pagemap.ops = &dunlin_pagemap_ops;
	return card_register(&dunlin, dunlin_move);
}

card_module(dunlin, dunlin_init);
