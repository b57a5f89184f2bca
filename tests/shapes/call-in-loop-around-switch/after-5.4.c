// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card adder;

static void adder_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&adder);
		if (!dpage)
			continue;
		card_copy(&adder, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void adder_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&adder, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long adder_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long addr = start & PAGE_MASK;
	unsigned long src[2], dst[2];
	int ret = 0;
	struct migrate_vma args = {
		.vma	= vma,
		.src	= src,
		.dst	= dst,
	};

	/* The address moves on behind the call, in another arm as well. */
	while (addr < end && !ret)
		switch ((addr >> PAGE_SHIFT) % 3) {
		case 0:
			addr += PAGE_SIZE;
			break;
		default:
			args.start = addr;
			args.end = addr + PAGE_SIZE;
			ret = migrate_vma_setup(&args);
			if (ret)
				return ret;
			if (args.cpages) {
				adder_alloc_and_copy(args.src, args.dst, args.start, args.end);
				migrate_vma_pages(&args);
				adder_finalize_and_map(args.src, args.start, args.end);
				migrate_vma_finalize(&args);
			}
			addr += PAGE_SIZE;
		}
	return ret;
}

static const struct dev_pagemap_ops adder_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init adder_init(void)
{
	adder.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	adder.memory.pagemap.ops = &adder_pagemap_ops;
	return card_register(&adder, adder_move);
}

card_module(adder, adder_init);
