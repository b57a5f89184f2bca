// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card redpoll;

static void redpoll_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&redpoll);
	if (!dpage)
		return;
	card_copy(&redpoll, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void redpoll_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&redpoll, "moved", 1);
}

static const struct migrate_vma_ops redpoll_ops = {
	.alloc_and_copy		= redpoll_alloc_and_copy,
	.finalize_and_map	= redpoll_finalize_and_map,
};

static long redpoll_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	start &= PAGE_MASK;
	return migrate_vma(&redpoll_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops redpoll_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init redpoll_init(void)
{
	redpoll.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	redpoll.memory.pagemap.ops = &redpoll_pagemap_ops;
	return card_register(&redpoll, redpoll_move);
}

card_module(redpoll, redpoll_init);
