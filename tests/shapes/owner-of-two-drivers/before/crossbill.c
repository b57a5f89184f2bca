// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card crossbill;

static void crossbill_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&crossbill);
	if (!dpage)
		return;
	card_copy(&crossbill, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void crossbill_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&crossbill, "moved", 1);
}

static const struct migrate_vma_ops crossbill_ops = {
	.alloc_and_copy		= crossbill_alloc_and_copy,
	.finalize_and_map	= crossbill_finalize_and_map,
};

static long crossbill_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	start &= PAGE_MASK;
	return migrate_vma(&crossbill_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops crossbill_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init crossbill_init(void)
{
	crossbill.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	crossbill.memory.pagemap.ops = &crossbill_pagemap_ops;
	return card_register(&crossbill, crossbill_move);
}

card_module(crossbill, crossbill_init);
