// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tayra;

static void tayra_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&tayra);
		if (!dpage)
			continue;
		card_copy(&tayra, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void tayra_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&tayra, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long tayra_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= tayra_alloc_and_copy,
		.finalize_and_map	= tayra_finalize_and_map,
	};

	ret = migrate_vma(&ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops tayra_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tayra_init(void)
{
	tayra.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tayra.memory.pagemap.ops = &tayra_pagemap_ops;
	return card_register(&tayra, tayra_move);
}

card_module(tayra, tayra_init);
