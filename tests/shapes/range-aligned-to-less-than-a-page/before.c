// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pipit;

static void pipit_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pipit);
		if (!dpage)
			continue;
		card_copy(&pipit, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void pipit_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pipit, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops pipit_ops = {
	.alloc_and_copy		= pipit_alloc_and_copy,
	.finalize_and_map	= pipit_finalize_and_map,
};

/* Aligned, but not to a page. */
static long pipit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], first = ALIGN(start, 64);
	int ret;

	if (end <= first || end - first > 3 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma(&pipit_ops, vma, first, end, src, dst, NULL);
	if (!ret && end - first > 2 * PAGE_SIZE)
		ret = migrate_vma(&pipit_ops, vma, round_down(first, 512), first + 0x200, src, dst,
				  NULL);
	return ret;
}

static const struct dev_pagemap_ops pipit_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pipit_init(void)
{
	pipit.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pipit.memory.pagemap.ops = &pipit_pagemap_ops;
	return card_register(&pipit, pipit_move);
}

card_module(pipit, pipit_init);
