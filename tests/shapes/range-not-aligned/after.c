// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card vole;

static void vole_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&vole);
		if (!dpage)
			continue;
		card_copy(&vole, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void vole_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&vole, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* migrate_vma() rounded both ends down before it counted. */
static long vole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &vole,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 3 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		vole_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		vole_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&vole, "offset", start & ~PAGE_MASK);
	return 0;
}

static const struct dev_pagemap_ops vole_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init vole_init(void)
{
	vole.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	vole.memory.pagemap.owner = &vole;
	vole.memory.pagemap.ops = &vole_pagemap_ops;
	return card_register(&vole, vole_move);
}

card_module(vole, vole_init);
