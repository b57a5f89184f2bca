// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card skiff;

/**
 * skiff_load() - takes pages to the card
 * @src: the pages
 * @dst: filled with pages of the card
 * @start: first address
 * @end: behind the last
 * @found: how many there were
 */
static void skiff_load(const unsigned long *src, unsigned long *dst, unsigned long start,
		       unsigned long end, unsigned long *found)
{
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		++*found;
		dpage = card_alloc(&skiff);
		if (!dpage)
			continue;
		if (card_copy(&skiff, dpage, migrate_pfn_to_page(*src))) {
			card_release(dpage);
			*dst = 0;
			continue;
		}
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void skiff_loaded(const unsigned long *src)
{
	card_note(&skiff, "loaded", src[0] & MIGRATE_PFN_MIGRATE);
}

static void skiff_unload(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
			 unsigned long start, bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		goto error;
	lock_page(dpage);
	if (card_copy(&skiff, dpage, spage)) {
		card_release(dpage);
		goto error;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
	return;

error:
	*dst = 0;
	*failed = true;
}

static long skiff_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[16], dst[16], found = 0;
	int ret;

	if (offset_in_page(start) || end > vma->vm_end)
		return -EINVAL;
	while (start < end) {
		unsigned long next = min(end, start + 16 * PAGE_SIZE);
		struct migrate_vma args = {
			.vma		= vma,
			.start		= start & PAGE_MASK,
			.end		= next,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &skiff,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			skiff_load(args.src, args.dst, args.start, args.end, &found);
			migrate_vma_pages(&args);
			skiff_loaded(args.src);
			migrate_vma_finalize(&args);
		}
		start = next;
	}
	card_note(&skiff, "found", found);
	return 0;
}

static vm_fault_t skiff_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;
	bool failed = false;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &skiff,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		skiff_unload(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		/* The kernel maps the page. */
		migrate_vma_finalize(&args);
	}
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops skiff_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= skiff_migrate_to_ram,
};

static int __init skiff_init(void)
{
	skiff.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	skiff.memory.pagemap.owner = &skiff;
	skiff.memory.pagemap.ops = &skiff_pagemap_ops;
	return card_register(&skiff, skiff_move);
}

card_module(skiff, skiff_init);
