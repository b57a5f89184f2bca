// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card spruce;

static void spruce_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&spruce);
		if (!dpage)
			continue;
		card_copy(&spruce, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void spruce_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&spruce, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int spruce_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	spruce_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	spruce_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static long spruce_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

#ifdef CONFIG_SPRUCE_LARGE
	return spruce_migrate(&(struct migrate_vma){
			.vma		= vma,
			.start		= start,
			.end		= start + 4 * PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &spruce,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		});
#else
	return spruce_migrate(&(struct migrate_vma){
			.vma		= vma,
			.start		= start,
			.end		= start + PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &spruce,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		});
#endif
}

static const struct dev_pagemap_ops spruce_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init spruce_init(void)
{
	spruce.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	spruce.memory.pagemap.owner = &spruce;
	spruce.memory.pagemap.ops = &spruce_pagemap_ops;
	return card_register(&spruce, spruce_move);
}

card_module(spruce, spruce_init);
