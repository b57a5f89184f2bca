// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dormouse;

struct dormouse_window {
	unsigned long start;
	unsigned long end;
};

static void dormouse_clip(struct dormouse_window *window)
{
	window->start &= PAGE_MASK;
	window->end = min(window->end, window->start + 2 * PAGE_SIZE);
}

static void dormouse_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&dormouse);
		if (!dpage)
			continue;
		card_copy(&dormouse, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void dormouse_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&dormouse, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long dormouse_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct dormouse_window window = { .start = start, .end = end };
	struct dormouse_window *alias = &window;
	unsigned long src[2], dst[2];
	unsigned long *where = &end;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &dormouse,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	dormouse_clip(alias);
	*where = alias->end;
	args.start = window.start & PAGE_MASK;
	args.end = end;
	if (args.start >= args.end)
		return -EINVAL;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		dormouse_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		dormouse_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return (end - window.start) >> PAGE_SHIFT;
}

static const struct dev_pagemap_ops dormouse_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dormouse_init(void)
{
	dormouse.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dormouse.memory.pagemap.owner = &dormouse;
	dormouse.memory.pagemap.ops = &dormouse_pagemap_ops;
	return card_register(&dormouse, dormouse_move);
}

card_module(dormouse, dormouse_init);
