// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dhow;

static void dhow_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dhow);
		if (!dpage)
			continue;
		card_copy(&dhow, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void dhow_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dhow, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long dhow_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, addr;

	/* As far as it goes. */
	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= addr,
			.end	= addr + PAGE_SIZE,
			.src	= &src,
			.dst	= &dst,
		};

		if (migrate_vma_setup(&args))
			break;
		if (args.cpages) {
			dhow_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			dhow_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	card_note(&dhow, "left", addr < end);
	return 0;
}

static const struct dev_pagemap_ops dhow_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dhow_init(void)
{
	dhow.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dhow.memory.pagemap.ops = &dhow_pagemap_ops;
	return card_register(&dhow, dhow_move);
}

card_module(dhow, dhow_init);
