// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card magpie;

/* In the driver's memory.c: takes the page from wherever there is the most of it. */
struct page *magpie_new_page(struct vm_area_struct *vma, unsigned long addr);

struct magpie_slot {
	struct page *page;
};

static void magpie_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				  struct magpie_slot *slot)
{
	/* The page was taken before the migration began. */
	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	card_copy(&magpie, slot->page, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(slot->page)) | MIGRATE_PFN_LOCKED;
	slot->page = NULL;
}

static void magpie_finalize_and_map(const unsigned long *src)
{
	card_note(&magpie, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long magpie_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct magpie_slot slot = { .page = magpie_new_page(vma, start) };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	if (!slot.page)
		return -ENOMEM;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		magpie_alloc_and_copy(args.src, args.dst, &slot);
		migrate_vma_pages(&args);
		magpie_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	if (slot.page)
		card_release(slot.page);
	return ret;
}

static const struct dev_pagemap_ops magpie_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init magpie_init(void)
{
	magpie.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	magpie.memory.pagemap.ops = &magpie_pagemap_ops;
	return card_register(&magpie, magpie_move);
}

card_module(magpie, magpie_init);
