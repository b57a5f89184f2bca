// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define VOLE_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card vole;

static void vole_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&vole);
		if (!dpage || card_copy(&vole, dpage, migrate_pfn_to_page(src[i]))) {
			if (dpage)
				card_release(dpage);
			dst[i] = VOLE_PFN_ERROR;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static long vole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[3], dst[3];
	unsigned int i, untouched = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 3 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &vole,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		vole_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	/* A page that could not be copied does not count as one that nobody touched. */
	for (i = 0; i < 3; i++)
		if (!dst[i])
			untouched++;
	card_note(&vole, "untouched", untouched);
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
