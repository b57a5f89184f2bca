// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

static void yawl_load(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		      unsigned long start, unsigned long end, void *private)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void yawl_loaded(struct vm_area_struct *vma, const unsigned long *src,
			const unsigned long *dst, unsigned long start, unsigned long end,
			void *private)
{
	card_note(&yawl, "loaded", (end - start) >> PAGE_SHIFT);
}

static void yawl_noted(struct vm_area_struct *vma, const unsigned long *src,
		       const unsigned long *dst, unsigned long start, unsigned long end,
		       void *private)
{
	card_note(&yawl, "noted", (end - start) >> PAGE_SHIFT);
}

static const struct migrate_vma_ops yawl_ops = {
	.alloc_and_copy		= yawl_load,
	.finalize_and_map	= yawl_loaded,
};

static const struct migrate_vma_ops yawl_noting_ops = {
	.alloc_and_copy		= yawl_load,
	.finalize_and_map	= yawl_noted,
};

/* Small ranges are noted. */
static const struct migrate_vma_ops *yawl_ops_for(unsigned long npages);

static const struct migrate_vma_ops *yawl_ops_for(unsigned long npages)
{
	if (npages < 4)
		return &yawl_noting_ops;
	return &yawl_ops;
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES], npages = (end - start) >> PAGE_SHIFT;

	if (!PAGE_ALIGNED(start) || npages > CARD_PAGES)
		return -EINVAL;
	return migrate_vma(yawl_ops_for(npages), vma, start, end, src, dst, NULL);
}

static const struct dev_pagemap_ops yawl_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yawl_init(void)
{
	yawl.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yawl.memory.pagemap.ops = &yawl_pagemap_ops;
	return card_register(&yawl, yawl_move);
}

card_module(yawl, yawl_init);
