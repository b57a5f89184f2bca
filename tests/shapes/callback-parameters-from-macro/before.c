// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

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
			dst[i] = MIGRATE_PFN_ERROR;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void folkboat_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				      const unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	unsigned long *words = private;

	card_note(&folkboat, "words", *words);
}

static const struct migrate_vma_ops folkboat_ops = {
	.alloc_and_copy		= folkboat_alloc_and_copy,
	.finalize_and_map	= folkboat_finalize_and_map,
};

static long folkboat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES], words = 0;
	int ret;

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	ret = migrate_vma(&folkboat_ops, vma, start, end, src, dst, &words);
	if (ret)
		return ret;
	card_note(&folkboat, "lost", dst[0] == MIGRATE_PFN_ERROR);
	return words;
}

static const struct dev_pagemap_ops folkboat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init folkboat_init(void)
{
	folkboat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	folkboat.memory.pagemap.ops = &folkboat_pagemap_ops;
	return card_register(&folkboat, folkboat_move);
}

card_module(folkboat, folkboat_init);
