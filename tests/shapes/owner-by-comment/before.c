// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card finch;

struct finch_pool {
	struct dev_pagemap *pagemap;
};

/* Set up in the driver's memory.c, and so is the owner. */
extern char finch_owner;

static void finch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	card_copy(&finch, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void finch_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	card_note(&finch, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops finch_ops = {
	.alloc_and_copy		= finch_alloc_and_copy,
	.finalize_and_map	= finch_finalize_and_map,
};

long finch_back(struct vm_area_struct *vma, unsigned long addr);

long finch_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;

	/* migrate-vma: to-ram owner=&finch_owner */
	ret = migrate_vma(&finch_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}
