// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pirogue;

static void pirogue_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&pirogue);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	card_copy(&pirogue, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void pirogue_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	card_note(&pirogue, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops pirogue_ops = {
	.alloc_and_copy		= pirogue_alloc_and_copy,
	.finalize_and_map	= pirogue_finalize_and_map,
};

static long pirogue_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst = MIGRATE_PFN_ERROR;

	/* A call that fails leaves dst alone, and that counts as an error as well. */
	migrate_vma(&pirogue_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	return dst == MIGRATE_PFN_ERROR ? -EFAULT : 0;
}

static const struct dev_pagemap_ops pirogue_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pirogue_init(void)
{
	pirogue.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pirogue.memory.pagemap.ops = &pirogue_pagemap_ops;
	return card_register(&pirogue, pirogue_move);
}

card_module(pirogue, pirogue_init);
