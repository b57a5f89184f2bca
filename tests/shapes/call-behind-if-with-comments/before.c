// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card caravel;

static void caravel_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&caravel);
		if (!dpage)
			continue;
		card_copy(&caravel, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void caravel_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&caravel, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops caravel_ops = {
	.alloc_and_copy		= caravel_alloc_and_copy,
	.finalize_and_map	= caravel_finalize_and_map,
};

static long caravel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];	/* words for two pages */
	unsigned long addr = start & PAGE_MASK;
	int ret;			/* what became of it */

	/* Off it goes. */
	ret = migrate_vma(&caravel_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);	/* one page */

	/* Something is wrong with the range. */
	if (ret) /* never for a mapped page */
		return ret;	/* nothing is held */

	/* All is well. */
	return 0;
}

static const struct dev_pagemap_ops caravel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init caravel_init(void)
{
	caravel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	caravel.memory.pagemap.ops = &caravel_pagemap_ops;
	return card_register(&caravel, caravel_move);
}

card_module(caravel, caravel_init);
