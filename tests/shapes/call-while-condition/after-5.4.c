// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jolly;

static void jolly_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&jolly);
		if (!dpage)
			continue;
		card_copy(&jolly, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void jolly_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jolly, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int jolly_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	jolly_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	jolly_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long jolly_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	unsigned int chunks = 0;

	/* addr goes on between two evaluations. */
	while (addr < end &&
	       !jolly_migrate(&(struct migrate_vma){
			.vma	= vma,
			.start	= addr,
			.end	= addr + 2 * PAGE_SIZE,
			.src	= src,
			.dst	= dst,
		})) {
		addr += 2 * PAGE_SIZE;
		chunks++;
	}
	return chunks;
}

static const struct dev_pagemap_ops jolly_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init jolly_init(void)
{
	jolly.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	jolly.memory.pagemap.ops = &jolly_pagemap_ops;
	return card_register(&jolly, jolly_move);
}

card_module(jolly, jolly_init);
