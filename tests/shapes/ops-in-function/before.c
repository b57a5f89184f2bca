// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card skiff;

static void skiff_fill(const unsigned long *src, unsigned long *dst, unsigned long npages)
{
	unsigned long i;

	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&skiff);
		if (!dpage)
			continue;
		card_copy(&skiff, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void skiff_all_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	skiff_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void skiff_first_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start,
				       unsigned long end, void *private)
{
	/* The others stay where they are. */
	skiff_fill(src, dst, 1);
}

static void skiff_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	card_note(&skiff, "first", !!dst[0]);
}

static int skiff_move_all(struct vm_area_struct *vma, unsigned long start)
{
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= skiff_all_alloc_and_copy,
		.finalize_and_map	= skiff_finalize_and_map,
	};
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 4;
}

/* Two functions may each have an object of the same name. */
static int skiff_move_first(struct vm_area_struct *vma, unsigned long start)
{
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= skiff_first_alloc_and_copy,
		.finalize_and_map	= skiff_finalize_and_map,
	};
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 1;
}

static long skiff_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if ((end - start) >> PAGE_SHIFT == 4)
		return skiff_move_all(vma, start);
	return skiff_move_first(vma, start);
}

static const struct dev_pagemap_ops skiff_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init skiff_init(void)
{
	skiff.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	skiff.memory.pagemap.ops = &skiff_pagemap_ops;
	return card_register(&skiff, skiff_move);
}

card_module(skiff, skiff_init);
