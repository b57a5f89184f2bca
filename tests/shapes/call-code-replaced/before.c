// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sledge;

static void sledge_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&sledge);
		if (!dpage)
			continue;
		card_copy(&sledge, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void sledge_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&sledge, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops sledge_ops = {
	.alloc_and_copy		= sledge_alloc_and_copy,
	.finalize_and_map	= sledge_finalize_and_map,
};

static long sledge_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	bool bad;
	int ret = 3;

	bad = migrate_vma(&sledge_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (bad)
		ret = -ENXIO;
	card_note(&sledge, "ret", ret);
	return ret;
}

static const struct dev_pagemap_ops sledge_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sledge_init(void)
{
	sledge.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sledge.memory.pagemap.ops = &sledge_pagemap_ops;
	return card_register(&sledge, sledge_move);
}

card_module(sledge, sledge_init);
