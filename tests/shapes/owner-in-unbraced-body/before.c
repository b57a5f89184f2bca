// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card siskin;

static void siskin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&siskin);
	if (!dpage)
		return;
	card_copy(&siskin, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void siskin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&siskin, "moved", 1);
}

static const struct migrate_vma_ops siskin_ops = {
	.alloc_and_copy		= siskin_alloc_and_copy,
	.finalize_and_map	= siskin_finalize_and_map,
};

static long siskin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	start &= PAGE_MASK;
	return migrate_vma(&siskin_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops siskin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init siskin_init(void)
{
	struct dev_pagemap *pagemap = &siskin.memory.pagemap;

	if (!pagemap->ops)
		pagemap->type = MEMORY_DEVICE_PRIVATE; /* no struct pages in memory */
	else
		return -EBUSY;
	pagemap->ops = &siskin_pagemap_ops;
	return card_register(&siskin, siskin_move);
}

card_module(siskin, siskin_init);
