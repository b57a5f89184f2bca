// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sculpin;

static void sculpin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&sculpin);
		if (!dpage)
			continue;
		card_copy(&sculpin, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void sculpin_report(struct vm_area_struct *vma, const unsigned long *src,
			   const unsigned long *dst, unsigned long start,
			   unsigned long end, void *private)
{
	card_note(&sculpin, "pages", (end - start) >> PAGE_SHIFT);
}

static void sculpin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
	__attribute__((alias("sculpin_report")));

static const struct migrate_vma_ops sculpin_ops = {
	.alloc_and_copy		= sculpin_alloc_and_copy,
	.finalize_and_map	= sculpin_finalize_and_map,
};

static long sculpin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&sculpin_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops sculpin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sculpin_init(void)
{
	sculpin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sculpin.memory.pagemap.ops = &sculpin_pagemap_ops;
	return card_register(&sculpin, sculpin_move);
}

card_module(sculpin, sculpin_init);
