// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card snipe;

static void snipe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&snipe);
		if (!dpage)
			continue;
		card_copy(&snipe, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void snipe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&snipe, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops snipe_ops = {
	.alloc_and_copy		= snipe_alloc_and_copy,
	.finalize_and_map	= snipe_finalize_and_map,
};

/* The quotient does not exist in front of the test. */
static int snipe_part(struct vm_area_struct *vma, unsigned long start, unsigned long pages,
		     unsigned long parts)
{
	unsigned long src[4], dst[4];

	if (!parts || pages > 4)
		return -EINVAL;
	return migrate_vma(&snipe_ops, vma, start, start + pages / parts * PAGE_SIZE, src, dst,
			   NULL);
}

static long snipe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return snipe_part(vma, start & PAGE_MASK, (end - start) >> PAGE_SHIFT,
			 (end - start) >> (PAGE_SHIFT + 1));
}

static const struct dev_pagemap_ops snipe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init snipe_init(void)
{
	snipe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	snipe.memory.pagemap.ops = &snipe_pagemap_ops;
	return card_register(&snipe, snipe_move);
}

card_module(snipe, snipe_init);
