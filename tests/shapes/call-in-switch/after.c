// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sampan;

static void sampan_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&sampan);
		if (!dpage)
			continue;
		card_copy(&sampan, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void sampan_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&sampan, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

#define SAMPAN_ONE	1
#define SAMPAN_TWO	2

static long sampan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &sampan,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	switch ((end - start) >> PAGE_SHIFT) {
	case SAMPAN_ONE:
		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		if (args.cpages) {
			sampan_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			sampan_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
		card_note(&sampan, "one", 1);
		fallthrough;
	case SAMPAN_TWO:
		ret = 2;
		break;
	default:
		ret = -EINVAL;
	}
	return ret;
}

static const struct dev_pagemap_ops sampan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sampan_init(void)
{
	sampan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sampan.memory.pagemap.owner = &sampan;
	sampan.memory.pagemap.ops = &sampan_pagemap_ops;
	return card_register(&sampan, sampan_move);
}

card_module(sampan, sampan_init);
