// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card redstart;

static void redstart_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&redstart);
		if (!dpage)
			continue;
		card_copy(&redstart, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void redstart_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&redstart, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops redstart_ops = {
	.alloc_and_copy		= redstart_alloc_and_copy,
	.finalize_and_map	= redstart_finalize_and_map,
};

/* What is written through the pointer is what the call passes. */
static long redstart_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], *limit = &end;

	if (end - start > 4 * PAGE_SIZE)
		*limit = start + 4 * PAGE_SIZE;
	return migrate_vma(&redstart_ops, vma, start & PAGE_MASK, end, src, dst, NULL);
}

static const struct dev_pagemap_ops redstart_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init redstart_init(void)
{
	redstart.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	redstart.memory.pagemap.ops = &redstart_pagemap_ops;
	return card_register(&redstart, redstart_move);
}

card_module(redstart, redstart_init);
