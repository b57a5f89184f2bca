// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card junk;

static void junk_all_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&junk);
		if (!dpage)
			continue;
		card_copy(&junk, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void junk_none_alloc_and_copy(void)
{
	/* A rehearsal: everything is unmapped and mapped again. */
	card_note(&junk, "rehearsal", 1);
}

static void junk_finalize_and_map(const unsigned long *src)
{
	card_note(&junk, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long junk_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, addr;
	int ret;

	addr = start & PAGE_MASK;
	if (end - start > PAGE_SIZE) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &junk,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			junk_none_alloc_and_copy();
			migrate_vma_pages(&args);
			junk_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
	} else {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= &src,
			.dst		= &dst,
			.pgmap_owner	= &junk,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			junk_all_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			junk_finalize_and_map(args.src);
			migrate_vma_finalize(&args);
		}
	}
	return 0;
}

static const struct dev_pagemap_ops junk_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init junk_init(void)
{
	junk.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	junk.memory.pagemap.owner = &junk;
	junk.memory.pagemap.ops = &junk_pagemap_ops;
	return card_register(&junk, junk_move);
}

card_module(junk, junk_init);
