// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card umiak;

static void umiak_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&umiak);
		if (!dpage)
			continue;
		card_copy(&umiak, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void umiak_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&umiak, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops umiak_ops = {
	.alloc_and_copy		= umiak_alloc_and_copy,
	.finalize_and_map	= umiak_finalize_and_map,
};

static long umiak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	if ((ret = migrate_vma(&umiak_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL)))
		return ret;
	return ret;
}

static const struct dev_pagemap_ops umiak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init umiak_init(void)
{
	umiak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	umiak.memory.pagemap.ops = &umiak_pagemap_ops;
	return card_register(&umiak, umiak_move);
}

card_module(umiak, umiak_init);
