// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card crane;

struct crane_unit {
	struct card *card;
	unsigned long done;
};

static struct page *crane_fetch(struct crane_unit *unit, struct page *spage)
{
	struct page *dpage = card_alloc(unit->card);

	if (dpage) {
		card_copy(unit->card, dpage, spage);
		unit->done++;
	}
	return dpage;
}

static void crane_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = crane_fetch((struct crane_unit *)private,
					    migrate_pfn_to_page(src[i]));
		if (dpage)
			dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void crane_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&crane, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops crane_ops = {
	.alloc_and_copy		= crane_alloc_and_copy,
	.finalize_and_map	= crane_finalize_and_map,
};

static long crane_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct crane_unit unit = { .card = &crane };
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&crane_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, &unit);
	if (ret)
		return ret;
	return unit.done;
}

static const struct dev_pagemap_ops crane_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init crane_init(void)
{
	crane.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	crane.memory.pagemap.ops = &crane_pagemap_ops;
	return card_register(&crane, crane_move);
}

card_module(crane, crane_init);
