// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card plover;

static void plover_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	struct card_log *log = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&plover);
		if (!dpage)
			continue;
		card_copy(&plover, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	card_note(&plover, "start", start & 0xffff);
	card_note(&plover, "notes", log->text[0] != 0);
}

static void plover_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&plover, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int plover_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	plover_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	plover_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static long plover_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &plover,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return plover_migrate(&args, &plover.log);
}

static const struct dev_pagemap_ops plover_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init plover_init(void)
{
	plover.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	plover.memory.pagemap.owner = &plover;
	plover.memory.pagemap.ops = &plover_pagemap_ops;
	return card_register(&plover, plover_move);
}

card_module(plover, plover_init);
