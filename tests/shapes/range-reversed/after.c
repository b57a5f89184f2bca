// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card lapwing;

static void lapwing_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&lapwing);
		if (!dpage)
			continue;
		card_copy(&lapwing, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void lapwing_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&lapwing, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int lapwing_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	lapwing_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	lapwing_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Both ends are in the mapping: migrate_vma() said -EINVAL. */
static int lapwing_between(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &lapwing,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (start < end && end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return lapwing_migrate(&args);
}

static long lapwing_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	long ret = lapwing_between(vma, end, start);

	card_note(&lapwing, "reversed", -ret);
	return lapwing_between(vma, start, end);
}

static const struct dev_pagemap_ops lapwing_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init lapwing_init(void)
{
	lapwing.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lapwing.memory.pagemap.owner = &lapwing;
	lapwing.memory.pagemap.ops = &lapwing_pagemap_ops;
	return card_register(&lapwing, lapwing_move);
}

card_module(lapwing, lapwing_init);
