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

static void beech_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	beech_count(migrate_pfn_to_page(*src) &&
		    is_device_private_page(migrate_pfn_to_page(*src)));
	if (!(migrate_pfn_to_page(*src) &&
	      is_device_private_page(migrate_pfn_to_page(*src)))) {
		dpage = card_alloc(&beech);
		if (!dpage)
			return;
		card_copy(&beech, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
		*dst |= MIGRATE_PFN_LOCKED;
	}
}

static void beech_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&beech, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long beech_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[1], dst[1];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		beech_alloc_and_copy(args.src, args.dst);
		migrate_vma_pages(&args);
		beech_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
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
