// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card heron;

struct heron_stats {
	unsigned long seen;
	unsigned long moved;
};

static void heron_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end, struct heron_stats *stats)
{
	unsigned long npages = (end - start) >> PAGE_SHIFT, i;
	unsigned long *seen = &stats->seen;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		(*seen)++;
		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&heron);
		if (!dpage)
			continue;
		card_copy(&heron, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void heron_finalize_and_map(const unsigned long *src, const unsigned long *dst,
				   unsigned long start, unsigned long end, struct heron_stats *s)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		s->moved += dst[i] && (src[i] & MIGRATE_PFN_MIGRATE);
}

static long heron_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct heron_stats stats = { 0 };
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		heron_alloc_and_copy(args.src, args.dst, args.start, args.end, &stats);
		migrate_vma_pages(&args);
		heron_finalize_and_map(args.src, args.dst, args.start, args.end, &stats);
		migrate_vma_finalize(&args);
	}
	card_note(&heron, "seen", stats.seen);
	return stats.moved;
}

static const struct dev_pagemap_ops heron_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init heron_init(void)
{
	heron.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	heron.memory.pagemap.ops = &heron_pagemap_ops;
	return card_register(&heron, heron_move);
}

card_module(heron, heron_init);
