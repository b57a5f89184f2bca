// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bote;

static unsigned long bote_lost;

static void bote_alloc_and_copy(const unsigned long *src, unsigned long *dst, bool *failed)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&bote);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	if (card_copy(&bote, dpage, migrate_pfn_to_page(*src))) {
		card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void bote_finalize_and_map(const unsigned long *src)
{
	card_note(&bote, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

/* dst starts afresh with every call, and so must what stands for the flag. */
static long bote_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0, addr;
	bool failed = false;

	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		int ret;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &bote,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		failed = false;
		if (args.cpages) {
			bote_alloc_and_copy(args.src, args.dst, &failed);
			migrate_vma_pages(&args);
			bote_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
		if (failed)
			bote_lost++;
	}
	return bote_lost;
}

static const struct dev_pagemap_ops bote_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bote_init(void)
{
	bote.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bote.memory.pagemap.owner = &bote;
	bote.memory.pagemap.ops = &bote_pagemap_ops;
	return card_register(&bote, bote_move);
}

card_module(bote, bote_init);
