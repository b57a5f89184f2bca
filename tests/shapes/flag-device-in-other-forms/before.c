// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card beech;

static void beech_count(bool device)
{
	card_note(&beech, "on the device", device);
}

static void beech_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	beech_count(*src & MIGRATE_PFN_DEVICE);
	if (!(*src & MIGRATE_PFN_DEVICE)) {
		dpage = card_alloc(&beech);
		if (!dpage)
			return;
		card_copy(&beech, dpage, migrate_pfn_to_page(*src));
		*dst = MIGRATE_PFN_DEVICE | migrate_pfn(page_to_pfn(dpage));
		*dst |= MIGRATE_PFN_LOCKED;
	}
}

static void beech_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&beech, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops beech_ops = {
	.alloc_and_copy		= beech_alloc_and_copy,
	.finalize_and_map	= beech_finalize_and_map,
};

static long beech_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[1], dst[1];
	int ret;

	ret = migrate_vma(&beech_ops, vma, start, start + PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops beech_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init beech_init(void)
{
	beech.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	beech.memory.pagemap.ops = &beech_pagemap_ops;
	return card_register(&beech, beech_move);
}

card_module(beech, beech_init);
