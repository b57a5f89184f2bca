// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card spined;

static DEFINE_MUTEX(spined_lock);

static void spined_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&spined);
		if (!dpage)
			continue;
		card_copy(&spined, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void spined_finalize_and_map(const unsigned long *src)
	__must_hold(&spined_lock)
{
	card_note(&spined, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static long spined_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &spined,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	mutex_lock(&spined_lock);
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		spined_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		spined_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	mutex_unlock(&spined_lock);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops spined_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init spined_init(void)
{
	spined.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	spined.memory.pagemap.owner = &spined;
	spined.memory.pagemap.ops = &spined_pagemap_ops;
	return card_register(&spined, spined_move);
}

card_module(spined, spined_init);
