// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ruffe;

static void ruffe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&ruffe);
		if (!dpage)
			continue;
		card_copy(&ruffe, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

void __weak ruffe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	card_note(&ruffe, "pages", (end - start) >> PAGE_SHIFT);
}

static const struct migrate_vma_ops ruffe_ops = {
	.alloc_and_copy		= ruffe_alloc_and_copy,
	.finalize_and_map	= ruffe_finalize_and_map,
};

static long ruffe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&ruffe_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops ruffe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ruffe_init(void)
{
	ruffe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ruffe.memory.pagemap.ops = &ruffe_pagemap_ops;
	return card_register(&ruffe, ruffe_move);
}

card_module(ruffe, ruffe_init);
