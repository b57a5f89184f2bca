// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sampan;

static unsigned long sampan_lost;

static void sampan_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&sampan);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	/* The page moves all the same. */
	if (card_copy(&sampan, dpage, migrate_pfn_to_page(*src)))
		*dst |= MIGRATE_PFN_ERROR;
}

static void sampan_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	card_note(&sampan, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops sampan_ops = {
	.alloc_and_copy		= sampan_alloc_and_copy,
	.finalize_and_map	= sampan_finalize_and_map,
};

/* dst starts afresh with every call, and so must what stands for the flag. */
static long sampan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0, addr;

	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		int ret;

		ret = migrate_vma(&sampan_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
		if (ret)
			return ret;
		if (dst & MIGRATE_PFN_ERROR)
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
	sampan.memory.pagemap.ops = &sampan_pagemap_ops;
	return card_register(&sampan, sampan_move);
}

card_module(sampan, sampan_init);
