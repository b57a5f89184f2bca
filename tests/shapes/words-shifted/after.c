// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pinisi;

static void pinisi_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		unsigned long pfn = src[i] >> MIGRATE_PFN_SHIFT;
		struct page *dpage;

		if ((src[i] & (MIGRATE_PFN_VALID | MIGRATE_PFN_MIGRATE)) !=
		    (MIGRATE_PFN_VALID | MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pinisi);
		if (!dpage)
			continue;
		card_copy(&pinisi, dpage, pfn_to_page(pfn));
		dst[i] = (page_to_pfn(dpage) << MIGRATE_PFN_SHIFT) | MIGRATE_PFN_VALID;
		if (src[i] & MIGRATE_PFN_WRITE)
			dst[i] |= MIGRATE_PFN_WRITE;
	}
}

static void pinisi_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pinisi, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long pinisi_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &pinisi,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		pinisi_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		pinisi_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return dst[0] >> MIGRATE_PFN_SHIFT ? 1 : 0;
}

static const struct dev_pagemap_ops pinisi_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pinisi_init(void)
{
	pinisi.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pinisi.memory.pagemap.owner = &pinisi;
	pinisi.memory.pagemap.ops = &pinisi_pagemap_ops;
	return card_register(&pinisi, pinisi_move);
}

card_module(pinisi, pinisi_init);
