// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define FOLKBOAT_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

#define FOLKBOAT_COPY_PARAMETERS						\
	struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst, \
	unsigned long start, unsigned long end, void *private

static struct card folkboat;

static void folkboat_alloc_and_copy(FOLKBOAT_COPY_PARAMETERS)
{
	unsigned long *words = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		++*words;
		dpage = card_alloc(&folkboat);
		if (!dpage)
			continue;
		if (card_copy(&folkboat, dpage, migrate_pfn_to_page(src[i]))) {
			card_release(dpage);
			dst[i] = FOLKBOAT_PFN_ERROR;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void folkboat_finalize_and_map(unsigned long *words)
{
	card_note(&folkboat, "words", *words);
}

static long folkboat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES], words = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= end,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &folkboat,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		folkboat_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end, &words);
		migrate_vma_pages(&args);
		folkboat_finalize_and_map(&words);
		migrate_vma_finalize(&args);
	}
	card_note(&folkboat, "lost", dst[0] == FOLKBOAT_PFN_ERROR);
	return words;
}

static const struct dev_pagemap_ops folkboat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init folkboat_init(void)
{
	folkboat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	folkboat.memory.pagemap.owner = &folkboat;
	folkboat.memory.pagemap.ops = &folkboat_pagemap_ops;
	return card_register(&folkboat, folkboat_move);
}

card_module(folkboat, folkboat_init);
