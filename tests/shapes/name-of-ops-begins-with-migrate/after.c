// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card roach;

static void roach_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&roach);
		if (!dpage)
			continue;
		card_copy(&roach, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void roach_finalize_and_map(const unsigned long *src)
{
	card_note(&roach, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static int roach_migrate_to_card(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	roach_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	roach_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long roach_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &roach,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = roach_migrate_to_card(&args);
	if (ret)
		return ret;
	return 0;
}

static long roach_move_twice(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	long ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= end,
		.end		= end + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &roach,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = roach_move(vma, start, end);
	if (ret || end != start + 4 * PAGE_SIZE)
		return ret;
	return roach_migrate_to_card(&args);
}

static const struct dev_pagemap_ops roach_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init roach_init(void)
{
	roach.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	roach.memory.pagemap.owner = &roach;
	roach.memory.pagemap.ops = &roach_pagemap_ops;
	return card_register(&roach, roach_move_twice);
}

card_module(roach, roach_init);
