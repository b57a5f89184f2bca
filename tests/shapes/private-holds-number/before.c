// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card avocet;

static void avocet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, stride = (unsigned long)private;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i += stride) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&avocet);
		if (!dpage)
			continue;
		card_copy(&avocet, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void avocet_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&avocet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops avocet_ops = {
	.alloc_and_copy		= avocet_alloc_and_copy,
	.finalize_and_map	= avocet_finalize_and_map,
};

static long avocet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], stride = 2;
	int ret;

	ret = migrate_vma(&avocet_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, (void *)stride);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops avocet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init avocet_init(void)
{
	avocet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	avocet.memory.pagemap.ops = &avocet_pagemap_ops;
	return card_register(&avocet, avocet_move);
}

card_module(avocet, avocet_init);
