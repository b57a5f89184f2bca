// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define GABARRE_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card gabarre;

/* A copy that fails is tried a second time, below the end of the function's usual way. */
static void gabarre_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	*dst = migrate_pfn(page_to_pfn(dpage));
	if (card_copy(&gabarre, dpage, spage)) {
		*dst = GABARRE_PFN_ERROR;
		goto again;
	}
	return;

again:
	if (card_copy(&gabarre, dpage, spage))
		card_release(dpage);
	else
		*dst = migrate_pfn(page_to_pfn(dpage));
}

static void gabarre_finalize_and_map(const unsigned long *src)
{
	card_note(&gabarre, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static vm_fault_t gabarre_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &gabarre,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args) < 0)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		gabarre_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		gabarre_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	if (dst == GABARRE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops gabarre_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= gabarre_migrate_to_ram,
};

static int __init gabarre_init(void)
{
	gabarre.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gabarre.memory.pagemap.owner = &gabarre;
	gabarre.memory.pagemap.ops = &gabarre_pagemap_ops;
	return card_register(&gabarre, card_to_device);
}

card_module(gabarre, gabarre_init);
