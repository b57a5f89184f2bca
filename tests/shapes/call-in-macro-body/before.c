// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card corvette;

static void corvette_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start, unsigned long end,
				    void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&corvette);
		if (!dpage)
			continue;
		card_copy(&corvette, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void corvette_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				      const unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&corvette, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops corvette_ops = {
	.alloc_and_copy		= corvette_alloc_and_copy,
	.finalize_and_map	= corvette_finalize_and_map,
};

#define corvette_migrate(vma, addr, src, dst)			\
	migrate_vma(&corvette_ops, vma, addr, (addr) + PAGE_SIZE, src, dst, NULL)

static long corvette_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[1], dst[1];

	return corvette_migrate(vma, start, src, dst);
}

static const struct dev_pagemap_ops corvette_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init corvette_init(void)
{
	corvette.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	corvette.memory.pagemap.ops = &corvette_pagemap_ops;
	return card_register(&corvette, corvette_move);
}

card_module(corvette, corvette_init);
