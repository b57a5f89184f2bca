// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card twite;

#define TWITE_SET_UP(map, methods)		\
	do {					\
		(map)->type = MEMORY_DEVICE_PRIVATE;	\
		(map)->ops = (methods);		\
	} while (0)

static void twite_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&twite);
	if (!dpage)
		return;
	card_copy(&twite, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void twite_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&twite, "moved", 1);
}

static const struct migrate_vma_ops twite_ops = {
	.alloc_and_copy		= twite_alloc_and_copy,
	.finalize_and_map	= twite_finalize_and_map,
};

static long twite_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	start &= PAGE_MASK;
	return migrate_vma(&twite_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops twite_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init twite_init(void)
{
	TWITE_SET_UP(&twite.memory.pagemap, &twite_pagemap_ops);
	return card_register(&twite, twite_move);
}

card_module(twite, twite_init);
