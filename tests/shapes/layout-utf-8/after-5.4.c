// SPDX-License-Identifier: GPL-2.0-only
/*
 * Marder — für Geräte von Škoda, Ångström & 東芝; © Jürgen Müller
 */
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card marten;

static void marten_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&marten);
		if (!dpage)
			continue;
		card_copy(&marten, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void marten_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&marten, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long marten_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];	/* Wörter für zwei Seiten */
	int ret;			/* was zurückkommt */
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,	/* überall */
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	/* „Los geht’s“ */
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		marten_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		marten_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&marten, "größe", 2); /* naïve 𝛑 */
	return 0;
}

static const struct dev_pagemap_ops marten_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init marten_init(void)
{
	marten.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	marten.memory.pagemap.ops = &marten_pagemap_ops;
	return card_register(&marten, marten_move);
}

card_module(marten, marten_init);
