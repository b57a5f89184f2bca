// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card quoll;

static void quoll_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

#ifdef QUOLL_FIRST_ONLY
	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&quoll);
#else
	if (start >= vma->vm_start && (*src & MIGRATE_PFN_MIGRATE))
		dpage = card_alloc(&quoll);
#endif
	if (!dpage)
		return;
	card_copy(&quoll, dpage, migrate_pfn_to_page(*src));
#ifdef QUOLL_FIRST_ONLY
	*dst = MIGRATE_PFN_VALID | migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
#else
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
#endif
}

static void quoll_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	card_note(&quoll, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops quoll_ops = {
	.alloc_and_copy		= quoll_alloc_and_copy,
	.finalize_and_map	= quoll_finalize_and_map,
};

static long quoll_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&quoll_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops quoll_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init quoll_init(void)
{
	quoll.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	quoll.memory.pagemap.ops = &quoll_pagemap_ops;
	return card_register(&quoll, quoll_move);
}

card_module(quoll, quoll_init);
