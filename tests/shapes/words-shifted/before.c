// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pinisi;

static void pinisi_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
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
		dst[i] |= MIGRATE_PFN_LOCKED;
		if (src[i] & MIGRATE_PFN_WRITE)
			dst[i] |= MIGRATE_PFN_WRITE;
	}
}

static void pinisi_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pinisi, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops pinisi_ops = {
	.alloc_and_copy		= pinisi_alloc_and_copy,
	.finalize_and_map	= pinisi_finalize_and_map,
};

static long pinisi_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&pinisi_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return dst[0] >> MIGRATE_PFN_SHIFT ? 1 : 0;
}

static const struct dev_pagemap_ops pinisi_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pinisi_init(void)
{
	pinisi.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pinisi.memory.pagemap.ops = &pinisi_pagemap_ops;
	return card_register(&pinisi, pinisi_move);
}

card_module(pinisi, pinisi_init);
