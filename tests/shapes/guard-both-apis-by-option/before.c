// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card larch;

static void larch_fill(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&larch);
		if (!dpage)
			continue;
		card_copy(&larch, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

#if defined(CONFIG_MIGRATE_VMA_HELPER)
static void larch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	larch_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void larch_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
}

static const struct migrate_vma_ops larch_ops = {
	.alloc_and_copy		= larch_alloc_and_copy,
	.finalize_and_map	= larch_finalize_and_map,
};
#endif

static long larch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
#if defined(CONFIG_MIGRATE_VMA_HELPER)
	return migrate_vma(&larch_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
#else
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};
	int ret = migrate_vma_setup(&args);

	if (ret || !args.cpages)
		return ret;
	larch_fill(args.src, args.dst, args.npages);
	migrate_vma_pages(&args);
	migrate_vma_finalize(&args);
	return 0;
#endif
}

static const struct dev_pagemap_ops larch_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init larch_init(void)
{
	larch.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	larch.memory.pagemap.ops = &larch_pagemap_ops;
	return card_register(&larch, larch_move);
}

card_module(larch, larch_init);
