// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card zander;

static void zander_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start)
#ifdef CONFIG_64BIT
		     >> PAGE_SHIFT
#else
		     / PAGE_SIZE
#endif
		; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&zander);
		if (!dpage)
			continue;
		card_copy(&zander, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void zander_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start)
{
	card_note(&zander, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE)
#ifdef ZANDER_VERBOSE
		  + 2 * !!dst[0] + (vma->vm_start == start)
#endif
		  );
}

static long zander_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &zander,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		zander_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		zander_finalize_and_map(args.vma, args.src, args.dst, args.start);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops zander_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init zander_init(void)
{
	zander.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	zander.memory.pagemap.owner = &zander;
	zander.memory.pagemap.ops = &zander_pagemap_ops;
	return card_register(&zander, zander_move);
}

card_module(zander, zander_init);
