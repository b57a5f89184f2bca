// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define OKRA_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card okra;

#define okra_lost(word)	((word) == OKRA_PFN_ERROR)

static void okra_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&okra);
	if (!dpage) {
		*dst = OKRA_PFN_ERROR;
		return;
	}
	card_copy(&okra, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void okra_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&okra, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long okra_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &okra,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		okra_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		okra_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return okra_lost(dst) ? -ENOSPC : 0;
}

static const struct dev_pagemap_ops okra_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init okra_init(void)
{
	okra.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	okra.memory.pagemap.owner = &okra;
	okra.memory.pagemap.ops = &okra_pagemap_ops;
	return card_register(&okra, okra_move);
}

card_module(okra, okra_init);
