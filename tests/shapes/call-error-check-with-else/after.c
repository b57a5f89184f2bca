// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card galleon;

static void galleon_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&galleon);
		if (!dpage)
			continue;
		card_copy(&galleon, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void galleon_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&galleon, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long galleon_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
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
		.pgmap_owner	= &galleon,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		galleon_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		galleon_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	if (ret)
		goto out;
	else
		card_note(&galleon, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
	/* Not an error, and the same variable. */
	ret = src[0] & MIGRATE_PFN_MIGRATE ? 1 : 0;
out:
	return ret;
}

static const struct dev_pagemap_ops galleon_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init galleon_init(void)
{
	galleon.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	galleon.memory.pagemap.owner = &galleon;
	galleon.memory.pagemap.ops = &galleon_pagemap_ops;
	return card_register(&galleon, galleon_move);
}

card_module(galleon, galleon_init);
