// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "cart.h"

struct card cart;

static void cart_alloc_and_copy(const unsigned long *src, unsigned long *dst, struct card *card)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void cart_finalize_and_map(const unsigned long *src, struct card *card)
{
	card_note(card, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int cart_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	cart_alloc_and_copy(args->src, args->dst, private);
	migrate_vma_pages(args);
	cart_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

static long cart_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return cart_move_page(cart_migrate, vma, start, &cart);
}

static const struct dev_pagemap_ops cart_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cart_init(void)
{
	cart.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cart.memory.pagemap.owner = &cart;
	cart.memory.pagemap.ops = &cart_pagemap_ops;
	return card_register(&cart, cart_move);
}

card_module(cart, cart_init);
