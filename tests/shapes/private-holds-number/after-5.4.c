// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card avocet;

static void avocet_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
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

static void avocet_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&avocet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long avocet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], stride = 2;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		avocet_alloc_and_copy(args.src, args.dst, args.start, args.end, (void *)stride);
		migrate_vma_pages(&args);
		avocet_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
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
