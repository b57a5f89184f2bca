// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wheatear;

static void wheatear_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&wheatear);
		if (!dpage)
			continue;
		card_copy(&wheatear, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void wheatear_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&wheatear, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops wheatear_ops = {
	.alloc_and_copy		= wheatear_alloc_and_copy,
	.finalize_and_map	= wheatear_finalize_and_map,
};

/* Its name says nothing of what it does. */
#define VOLE_NEXT()	do { start += PAGE_SIZE; } while (0)

static long wheatear_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	VOLE_NEXT();
	return migrate_vma(&wheatear_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops wheatear_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init wheatear_init(void)
{
	wheatear.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	wheatear.memory.pagemap.ops = &wheatear_pagemap_ops;
	return card_register(&wheatear, wheatear_move);
}

card_module(wheatear, wheatear_init);
