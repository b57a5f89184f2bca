// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bleak;

/* Compiles with a warning only; nobody knows what else is passed. */
static void bleak_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src, ...)
{
	unsigned long *dst;
	va_list more;

	va_start(more, src);
	dst = va_arg(more, unsigned long *);
	if (*src & MIGRATE_PFN_MIGRATE)
		*dst = migrate_pfn(page_to_pfn(card_alloc(&bleak))) | MIGRATE_PFN_LOCKED;
	va_end(more);
}

static void bleak_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	card_note(&bleak, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bleak_ops = {
	.alloc_and_copy		= bleak_alloc_and_copy,
	.finalize_and_map	= bleak_finalize_and_map,
};

static long bleak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&bleak_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops bleak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bleak_init(void)
{
	bleak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bleak.memory.pagemap.ops = &bleak_pagemap_ops;
	return card_register(&bleak, bleak_move);
}

card_module(bleak, bleak_init);
