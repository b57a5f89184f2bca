// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card tjotter;

static void tjotter_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&tjotter);
		if (!dpage)
			continue;
		card_copy(&tjotter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void tjotter_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&tjotter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops tjotter_ops = {
	.alloc_and_copy		= tjotter_alloc_and_copy,
	.finalize_and_map	= tjotter_finalize_and_map,
};


static long tjotter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];

	switch (migrate_vma(&tjotter_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL)) {
	case 0:
		return 0;
	case -EINVAL:
		return -EFAULT;
	default:
		return -EIO;
	}
}

static const struct dev_pagemap_ops tjotter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init tjotter_init(void)
{
	tjotter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	tjotter.memory.pagemap.ops = &tjotter_pagemap_ops;
	return card_register(&tjotter, tjotter_move);
}

card_module(tjotter, tjotter_init);
