// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jolly;

static void jolly_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
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

static void jolly_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&jolly, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops jolly_ops = {
	.alloc_and_copy		= jolly_alloc_and_copy,
	.finalize_and_map	= jolly_finalize_and_map,
};


static long jolly_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	unsigned int chunks = 0;

	/* addr goes on between two evaluations. */
	while (addr < end &&
	       !migrate_vma(&jolly_ops, vma, addr, addr + 2 * PAGE_SIZE, src, dst, NULL)) {
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
