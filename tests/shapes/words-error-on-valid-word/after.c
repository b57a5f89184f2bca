// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry, also one with a page: it is the bit below the page's number, which
 * the core does not read.
 */
#define SAMPAN_PFN_ERROR	(1UL << (MIGRATE_PFN_SHIFT - 1))

static struct card sampan;

static unsigned long sampan_lost;

static void sampan_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&sampan);
	if (!dpage) {
		*dst = SAMPAN_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
	/* The page moves all the same. */
	if (card_copy(&sampan, dpage, migrate_pfn_to_page(*src)))
		*dst |= SAMPAN_PFN_ERROR;
}

static void sampan_finalize_and_map(const unsigned long *src)
{
	card_note(&sampan, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

/* dst starts afresh with every call, and so must what stands for the flag. */
static long sampan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0, addr;

	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		int ret;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &sampan,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			sampan_alloc_and_copy(args.src, args.dst);
			migrate_vma_pages(&args);
			sampan_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
		if (dst & SAMPAN_PFN_ERROR)
			sampan_lost++;
	}
	return sampan_lost;
}

static const struct dev_pagemap_ops sampan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sampan_init(void)
{
	sampan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sampan.memory.pagemap.owner = &sampan;
	sampan.memory.pagemap.ops = &sampan_pagemap_ops;
	return card_register(&sampan, sampan_move);
}

card_module(sampan, sampan_init);
