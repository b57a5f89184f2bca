// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "cart.h"

struct card cart;

static void cart_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct card *card = private;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void cart_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct card *card = private;

	card_note(card, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops cart_ops = {
	.alloc_and_copy		= cart_alloc_and_copy,
	.finalize_and_map	= cart_finalize_and_map,
};

static long cart_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return cart_move_page(&cart_ops, vma, start, &cart);
}

static const struct dev_pagemap_ops cart_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cart_init(void)
{
	cart.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cart.memory.pagemap.ops = &cart_pagemap_ops;
	return card_register(&cart, cart_move);
}

card_module(cart, cart_init);
