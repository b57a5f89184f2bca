// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card shrike;

struct shrike_a { int n; };
struct shrike_b { struct shrike_a a; int more; };

static void shrike_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, struct shrike_a *a)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&shrike);
		if (!dpage)
			continue;
		card_copy(&shrike, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	card_note(&shrike, "start", start & 0xffff);
	a->n++;
}

static void shrike_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end, void *private)
{
	struct shrike_b *b = private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		b->more += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

static long shrike_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct shrike_b b = { { 0 }, 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &shrike,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		shrike_alloc_and_copy(args.src, args.dst, args.start, args.end, &b.a);
		migrate_vma_pages(&args);
		shrike_finalize_and_map(args.src, args.start, args.end, &b.a);
		migrate_vma_finalize(&args);
	}
	card_note(&shrike, "a", b.a.n);
	card_note(&shrike, "b", b.more);
	return ret;
}

static const struct dev_pagemap_ops shrike_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init shrike_init(void)
{
	shrike.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shrike.memory.pagemap.owner = &shrike;
	shrike.memory.pagemap.ops = &shrike_pagemap_ops;
	return card_register(&shrike, shrike_move);
}

card_module(shrike, shrike_init);
