// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card godwit;

static void godwit_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&godwit);
		if (!dpage)
			continue;
		card_copy(&godwit, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void godwit_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&godwit, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

union godwit_address {
	unsigned long word;
	unsigned char bytes[sizeof(unsigned long)];
};

/* The bytes are the word. */
static long godwit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	union godwit_address first = { .word = start };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &godwit,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	first.bytes[0] = 0;
	args.start = first.word;
	args.end = first.word + PAGE_SIZE;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		godwit_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		godwit_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops godwit_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init godwit_init(void)
{
	godwit.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	godwit.memory.pagemap.owner = &godwit;
	godwit.memory.pagemap.ops = &godwit_pagemap_ops;
	return card_register(&godwit, godwit_move);
}

card_module(godwit, godwit_init);
