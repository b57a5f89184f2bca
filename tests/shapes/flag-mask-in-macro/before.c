// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card rowan;

/* Pages that are not for this driver. */
#define ROWAN_SKIP	(MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE)

static void rowan_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	struct page *dpage = NULL;

	if (!(*src & ROWAN_SKIP))
		dpage = card_alloc(&rowan);
	if (!dpage)
		return;
	card_copy(&rowan, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void rowan_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&rowan, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops rowan_ops = {
	.alloc_and_copy		= rowan_alloc_and_copy,
	.finalize_and_map	= rowan_finalize_and_map,
};

static long rowan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&rowan_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops rowan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init rowan_init(void)
{
	rowan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	rowan.memory.pagemap.ops = &rowan_pagemap_ops;
	return card_register(&rowan, rowan_move);
}

card_module(rowan, rowan_init);
