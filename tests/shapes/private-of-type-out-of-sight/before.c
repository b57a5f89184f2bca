// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card plover;

static void plover_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct card_log *log = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&plover);
		if (!dpage)
			continue;
		card_copy(&plover, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
	card_note(&plover, "start", start & 0xffff);
	card_note(&plover, "notes", log->text[0] != 0);
}

static void plover_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&plover, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops plover_ops = {
	.alloc_and_copy		= plover_alloc_and_copy,
	.finalize_and_map	= plover_finalize_and_map,
};

static long plover_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return migrate_vma(&plover_ops, vma, start, end, src, dst,
			   &plover.log);
}

static const struct dev_pagemap_ops plover_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init plover_init(void)
{
	plover.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	plover.memory.pagemap.ops = &plover_pagemap_ops;
	return card_register(&plover, plover_move);
}

card_module(plover, plover_init);
