// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define BATEAU_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card bateau;

static void bateau_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&bateau);
	if (!dpage || card_copy(&bateau, dpage, migrate_pfn_to_page(*src))) {
		if (dpage)
			card_release(dpage);
		dst[0] = BATEAU_PFN_ERROR;
	} else {
		dst[0] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void bateau_finalize_and_map(const unsigned long *src, const unsigned long *dst)
{
	if (dst[0] & BATEAU_PFN_ERROR) {
		card_note(&bateau, "lost", 1);
		return;
	}
	card_note(&bateau, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static long bateau_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &bateau,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		bateau_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		bateau_finalize_and_map(args.src, args.dst);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops bateau_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bateau_init(void)
{
	bateau.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bateau.memory.pagemap.owner = &bateau;
	bateau.memory.pagemap.ops = &bateau_pagemap_ops;
	return card_register(&bateau, bateau_move);
}

card_module(bateau, bateau_init);
