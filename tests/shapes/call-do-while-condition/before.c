// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card nuggar;

static void nuggar_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&nuggar);
		if (!dpage)
			continue;
		card_copy(&nuggar, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void nuggar_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&nuggar, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops nuggar_ops = {
	.alloc_and_copy		= nuggar_alloc_and_copy,
	.finalize_and_map	= nuggar_finalize_and_map,
};


static long nuggar_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int tries = 3;

	do {
		card_note(&nuggar, "try", tries);
	} while (--tries > 0 &&
		 migrate_vma(&nuggar_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL) < 0);
	return tries;
}

static const struct dev_pagemap_ops nuggar_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init nuggar_init(void)
{
	nuggar.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	nuggar.memory.pagemap.ops = &nuggar_pagemap_ops;
	return card_register(&nuggar, nuggar_move);
}

card_module(nuggar, nuggar_init);
