// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card longship;

static void longship_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&longship);
		if (!dpage)
			continue;
		card_copy(&longship, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void longship_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&longship, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int longship_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	longship_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	longship_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long longship_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &longship,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (addr != start) {
		ret = -EINVAL;
	} else if (longship_migrate(&args)) {
		ret = -EFAULT;
	} else {
		card_note(&longship, "moved", 1);
	}
	return ret;
}

static const struct dev_pagemap_ops longship_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init longship_init(void)
{
	longship.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	longship.memory.pagemap.owner = &longship;
	longship.memory.pagemap.ops = &longship_pagemap_ops;
	return card_register(&longship, longship_move);
}

card_module(longship, longship_init);
