// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card raven;

static void raven_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *spage = migrate_pfn_to_page(*src);
		struct page *dpage;

		if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
			continue;
		if (!is_device_private_page(spage))
			continue;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
		if (!dpage)
			continue;
		lock_page(dpage);
		card_copy(&raven, dpage, spage);
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void raven_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE, src++)
		if (*src & MIGRATE_PFN_MIGRATE)
			card_note(&raven, "came back", 1);
}

/* There and back. */
static long raven_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &raven,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	card_to_device(vma, start, end);
	args.vma = vma;
	args.start = start;
	args.end = start + 4 * PAGE_SIZE;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		raven_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		raven_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops raven_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init raven_init(void)
{
	raven.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	raven.memory.pagemap.owner = &raven;
	raven.memory.pagemap.ops = &raven_pagemap_ops;
	return card_register(&raven, raven_move);
}

card_module(raven, raven_init);
