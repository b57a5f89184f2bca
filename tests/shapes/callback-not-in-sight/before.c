// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sculpin;

void sculpin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			    unsigned long *dst, unsigned long start, unsigned long end,
			    void *private);

static void sculpin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	card_note(&sculpin, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops sculpin_ops = {
	.alloc_and_copy		= sculpin_alloc_and_copy,
	.finalize_and_map	= sculpin_finalize_and_map,
};

static long sculpin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&sculpin_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops sculpin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sculpin_init(void)
{
	sculpin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sculpin.memory.pagemap.ops = &sculpin_pagemap_ops;
	return card_register(&sculpin, sculpin_move);
}

card_module(sculpin, sculpin_init);
