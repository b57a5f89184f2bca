// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card fir;

/* What this driver always sets. */
#define FIR_DST(page)	(migrate_pfn(page_to_pfn(page)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE)

static void fir_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&fir);
	if (!dpage)
		return;
	card_copy(&fir, dpage, migrate_pfn_to_page(*src));
	*dst = FIR_DST(dpage);
}

static void fir_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&fir, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops fir_ops = {
	.alloc_and_copy		= fir_alloc_and_copy,
	.finalize_and_map	= fir_finalize_and_map,
};

static long fir_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&fir_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops fir_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init fir_init(void)
{
	fir.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	fir.memory.pagemap.ops = &fir_pagemap_ops;
	return card_register(&fir, fir_move);
}

card_module(fir, fir_init);
