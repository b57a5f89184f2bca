// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bleak;

#define bleak_access(...)	__attribute__((access(__VA_ARGS__)))

static void __attribute__((nonnull(2, 3)))
bleak_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		     unsigned long start, unsigned long end, void *private);

static void bleak_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&bleak);
		if (!dpage)
			continue;
		card_copy(&bleak, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static __attribute__((access(read_only, 2))) void bleak_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
									 const unsigned long *dst, unsigned long start,
									 unsigned long end, void *private)
{
	card_note(&bleak, "pages", (end - start) >> PAGE_SHIFT);
	card_note(&bleak, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bleak_ops = {
	.alloc_and_copy		= bleak_alloc_and_copy,
	.finalize_and_map	= bleak_finalize_and_map,
};

static long bleak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&bleak_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops bleak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bleak_init(void)
{
	bleak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bleak.memory.pagemap.ops = &bleak_pagemap_ops;
	return card_register(&bleak, bleak_move);
}

card_module(bleak, bleak_init);
