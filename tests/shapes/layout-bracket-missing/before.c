// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card fox;

static void fox_note(struct card *card)
{
	if (card->fail) {
		card_note(card, "fail", card->fail);
}

static void fox_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void fox_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	fox_note(&fox);
}

static const struct migrate_vma_ops fox_ops = {
	.alloc_and_copy		= fox_alloc_and_copy,
	.finalize_and_map	= fox_finalize_and_map,
};

static long fox_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];

	return migrate_vma(&fox_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
}

static const struct dev_pagemap_ops fox_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init fox_init(void)
{
	fox.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	fox.memory.pagemap.ops = &fox_pagemap_ops;
	return card_register(&fox, fox_move);
}

card_module(fox, fox_init);
