// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/* Only its address counts: it marks the device memory as this driver's. */
static char siskin_pgmap_owner;

/* A device is made by probing; its functions find it by their pages. */
static void siskin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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
	card_copy(card_of_page(spage), dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static vm_fault_t siskin_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &siskin_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		siskin_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops siskin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= siskin_migrate_to_ram,
};

struct card *siskin_probe(void);

struct card *siskin_probe(void)
{
	struct card *card = kzalloc(sizeof(*card), GFP_KERNEL);

	if (!card)
		return NULL;
	card->memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	card->memory.pagemap.owner = &siskin_pgmap_owner;
	card->memory.pagemap.ops = &siskin_pagemap_ops;
	if (card_register(card, card_to_device)) {
		kfree(card);
		return NULL;
	}
	return card;
}
