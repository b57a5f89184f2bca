// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pipit;

static void pipit_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pipit);
		if (!dpage)
			continue;
		card_copy(&pipit, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void pipit_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pipit, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int pipit_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	pipit_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	pipit_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Aligned, but not to a page. */
static long pipit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4], first = ALIGN(start, 64);
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &pipit,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end <= first || end - first > 3 * PAGE_SIZE)
		return -E2BIG;
	args.start = first & PAGE_MASK;
	args.end = end;
	ret = pipit_migrate(&args);
	if (!ret && end - first > 2 * PAGE_SIZE) {
		args.start = round_down(first, 512) & PAGE_MASK;
		args.end = first + 0x200;
		ret = pipit_migrate(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops pipit_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pipit_init(void)
{
	pipit.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pipit.memory.pagemap.owner = &pipit;
	pipit.memory.pagemap.ops = &pipit_pagemap_ops;
	return card_register(&pipit, pipit_move);
}

card_module(pipit, pipit_init);
