// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card spruce;

static void spruce_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&spruce);
		if (!dpage)
			continue;
		card_copy(&spruce, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void spruce_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&spruce, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops spruce_ops = {
	.alloc_and_copy		= spruce_alloc_and_copy,
	.finalize_and_map	= spruce_finalize_and_map,
};

static long spruce_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

#ifdef CONFIG_SPRUCE_LARGE
	start &= ~(4 * PAGE_SIZE - 1);
	return migrate_vma(&spruce_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
#else
	return migrate_vma(&spruce_ops, vma, start, start + PAGE_SIZE, src, dst, NULL);
#endif
}

static const struct dev_pagemap_ops spruce_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init spruce_init(void)
{
	spruce.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	spruce.memory.pagemap.ops = &spruce_pagemap_ops;
	return card_register(&spruce, spruce_move);
}

card_module(spruce, spruce_init);
