// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card coati;

static void coati_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&coati);
		if (!dpage)
			continue;
		card_copy(&coati, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void coati_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&coati, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops coati_ops = {
	.alloc_and_copy		= coati_alloc_and_copy,
	.finalize_and_map	= coati_finalize_and_map,
};

static long coati_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
#ifdef COATI_COUNT
	unsigned long count = 0;
#endif

	ret = migrate_vma(&coati_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
#ifdef COATI_COUNT
	if (ret)
		return ++count;
#else
	if (ret)
		card_note(&coati, "refused", 1);
#endif
	return 0;
}

static const struct dev_pagemap_ops coati_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init coati_init(void)
{
	coati.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	coati.memory.pagemap.ops = &coati_pagemap_ops;
	return card_register(&coati, coati_move);
}

card_module(coati, coati_init);
