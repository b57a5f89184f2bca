// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card trawler;

#define TRAWLER_CHUNK	4UL

struct trawler_haul {
	struct page *from[TRAWLER_CHUNK];
	struct page *to[TRAWLER_CHUNK];
	unsigned long nr;
	unsigned long moved;
};

static void trawler_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end,
				   struct trawler_haul *haul)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	/* Starts afresh with every chunk. */
	haul->nr = 0;
	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&trawler);
		if (!dpage)
			break;
		haul->from[haul->nr] = migrate_pfn_to_page(src[i]);
		haul->to[haul->nr++] = dpage;
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
	for (i = 0; i < haul->nr; i++)
		card_copy(&trawler, haul->to[i], haul->from[i]);
}

static void trawler_finalize_and_map(const unsigned long *src, const unsigned long *dst,
				     unsigned long start, unsigned long end,
				     struct trawler_haul *haul)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		if (dst[i] && (src[i] & MIGRATE_PFN_MIGRATE))
			haul->moved++;
}

/* Both ends of the chunk move on with the loop: every turn has to set both. */
static long trawler_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct trawler_haul haul = { .moved = 0 };
	unsigned long src[TRAWLER_CHUNK], dst[TRAWLER_CHUNK];
	unsigned long npages, i, c;
	int ret = 0;

	start &= PAGE_MASK;
	npages = (end - start) >> PAGE_SHIFT;
	for (i = 0; i < npages; i += c) {
		unsigned long next;
		struct migrate_vma args = {
			.vma		= vma,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &trawler,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		c = min(TRAWLER_CHUNK, npages - i);
		next = start + (c << PAGE_SHIFT);
		args.start = start;
		args.end = next;
		ret = migrate_vma_setup(&args);
		if (ret)
			goto out;
		if (args.cpages) {
			trawler_alloc_and_copy(args.src, args.dst, args.start, args.end, &haul);
			migrate_vma_pages(&args);
			trawler_finalize_and_map(args.src, args.dst, args.start, args.end, &haul);
			migrate_vma_finalize(&args);
		}
		start = next;
	}
out:
	card_note(&trawler, "moved", haul.moved);
	return ret;
}

static const struct dev_pagemap_ops trawler_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init trawler_init(void)
{
	trawler.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	trawler.memory.pagemap.owner = &trawler;
	trawler.memory.pagemap.ops = &trawler_pagemap_ops;
	return card_register(&trawler, trawler_move);
}

card_module(trawler, trawler_init);
