// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yole;

static DEFINE_MUTEX(yole_lock);

static void yole_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&yole);
		if (!dpage)
			continue;
		card_copy(&yole, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void yole_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&yole, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long yole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int rc;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &yole,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	mutex_lock(&yole_lock);
	start &= PAGE_MASK;
	args.start = start;
	args.end = start + 2 * PAGE_SIZE;
	rc = migrate_vma_setup(&args);
	if (rc) {
		mutex_unlock(&yole_lock);
		return rc;
	}
	if (args.cpages) {
		yole_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		yole_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	mutex_unlock(&yole_lock);
	return 0;
}

static const struct dev_pagemap_ops yole_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yole_init(void)
{
	yole.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yole.memory.pagemap.owner = &yole;
	yole.memory.pagemap.ops = &yole_pagemap_ops;
	return card_register(&yole, yole_move);
}

card_module(yole, yole_init);
