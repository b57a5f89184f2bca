// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define PIROGUE_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card pirogue;

static void pirogue_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&pirogue);
	if (!dpage) {
		*dst = PIROGUE_PFN_ERROR;
		return;
	}
	card_copy(&pirogue, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void pirogue_finalize_and_map(const unsigned long *src)
{
	card_note(&pirogue, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long pirogue_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst = PIROGUE_PFN_ERROR;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &pirogue,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	/* A call that fails leaves dst alone, and that counts as an error as well. */
	if (!migrate_vma_setup(&args) && args.cpages) {
		pirogue_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		pirogue_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return dst == PIROGUE_PFN_ERROR ? -EFAULT : 0;
}

static const struct dev_pagemap_ops pirogue_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pirogue_init(void)
{
	pirogue.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pirogue.memory.pagemap.owner = &pirogue;
	pirogue.memory.pagemap.ops = &pirogue_pagemap_ops;
	return card_register(&pirogue, pirogue_move);
}

card_module(pirogue, pirogue_init);
