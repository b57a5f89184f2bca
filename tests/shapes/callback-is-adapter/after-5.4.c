// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card burbot;

struct burbot_range {
	const unsigned long *src;
	unsigned long *dst;
	unsigned long npages;
};

/* Also fills the device when it is reset. */
static void burbot_fill(struct burbot_range *range, struct card *card)
{
	unsigned long i;

	for (i = 0; i < range->npages; i++) {
		struct page *dpage = NULL;

		if (range->src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(range->src[i]));
		range->dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void burbot_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	struct burbot_range range = {
		.src = src,
		.dst = dst,
		.npages = (end - start) >> PAGE_SHIFT,
	};

	burbot_fill(&range, private);
}

static void burbot_report(unsigned long moved)
{
	card_note(&burbot, "moved", moved);
}

static void burbot_finalize_and_map(const unsigned long *src)
{
	burbot_report(!!(*src & MIGRATE_PFN_MIGRATE));
}

static long burbot_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2] = { 0 }, dst[2] = { 0 };
	struct burbot_range none = { .src = src, .dst = dst };
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	burbot_fill(&none, &burbot);
	burbot_report(0);
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		burbot_alloc_and_copy(args.src, args.dst, args.start, args.end, &burbot);
		migrate_vma_pages(&args);
		burbot_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops burbot_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init burbot_init(void)
{
	burbot.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	burbot.memory.pagemap.ops = &burbot_pagemap_ops;
	return card_register(&burbot, burbot_move);
}

card_module(burbot, burbot_init);
