// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define PENICHE_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card peniche;

/* Marks the page as lost until it is known not to be. */
static void peniche_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	*dst = PENICHE_PFN_ERROR;
	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	if (card_copy(&peniche, dpage, spage)) {
		card_release(dpage);
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void peniche_finalize_and_map(const unsigned long *src)
{
	card_note(&peniche, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static vm_fault_t peniche_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &peniche,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args) < 0)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		peniche_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		peniche_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	if (dst == PENICHE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops peniche_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= peniche_migrate_to_ram,
};

static int __init peniche_init(void)
{
	peniche.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	peniche.memory.pagemap.owner = &peniche;
	peniche.memory.pagemap.ops = &peniche_pagemap_ops;
	return card_register(&peniche, card_to_device);
}

card_module(peniche, peniche_init);
