// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card nuggar;

static void nuggar_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&nuggar);
		if (!dpage)
			continue;
		card_copy(&nuggar, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void nuggar_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&nuggar, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int nuggar_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	nuggar_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	nuggar_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long nuggar_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int tries = 3;

	do {
		card_note(&nuggar, "try", tries);
	} while (--tries > 0 &&
		 nuggar_migrate(&(struct migrate_vma){
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &nuggar,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		}) < 0);
	return tries;
}

static const struct dev_pagemap_ops nuggar_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init nuggar_init(void)
{
	nuggar.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	nuggar.memory.pagemap.owner = &nuggar;
	nuggar.memory.pagemap.ops = &nuggar_pagemap_ops;
	return card_register(&nuggar, nuggar_move);
}

card_module(nuggar, nuggar_init);
