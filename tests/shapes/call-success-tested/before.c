// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card praam;

static void praam_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&praam);
		if (!dpage)
			continue;
		card_copy(&praam, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void praam_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&praam, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops praam_ops = {
	.alloc_and_copy		= praam_alloc_and_copy,
	.finalize_and_map	= praam_finalize_and_map,
};


static long praam_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

	/* The other way round: what follows at once is the good case. */
	if (!migrate_vma(&praam_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL))
		return (src[0] & MIGRATE_PFN_MIGRATE) != 0;

	card_note(&praam, "failed", 1);
	return -EFAULT;
}

static const struct dev_pagemap_ops praam_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init praam_init(void)
{
	praam.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	praam.memory.pagemap.ops = &praam_pagemap_ops;
	return card_register(&praam, praam_move);
}

card_module(praam, praam_init);
