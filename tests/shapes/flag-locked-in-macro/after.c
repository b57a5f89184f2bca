// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card fir;

/* What this driver always sets. */
#define FIR_DST(page)	migrate_pfn(page_to_pfn(page))

static void fir_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&fir);
	if (!dpage)
		return;
	card_copy(&fir, dpage, migrate_pfn_to_page(*src));
	*dst = FIR_DST(dpage);
}

static void fir_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&fir, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int fir_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	fir_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	fir_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static long fir_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &fir,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return fir_migrate(&args);
}

static const struct dev_pagemap_ops fir_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init fir_init(void)
{
	fir.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	fir.memory.pagemap.owner = &fir;
	fir.memory.pagemap.ops = &fir_pagemap_ops;
	return card_register(&fir, fir_move);
}

card_module(fir, fir_init);
