// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/* A device is made by probing; its functions find it by their pages. */
static void siskin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
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
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void siskin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
}

static const struct migrate_vma_ops siskin_ops = {
	.alloc_and_copy		= siskin_alloc_and_copy,
	.finalize_and_map	= siskin_finalize_and_map,
};

static vm_fault_t siskin_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&siskin_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			NULL))
		return VM_FAULT_SIGBUS;
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
	card->memory.pagemap.ops = &siskin_pagemap_ops;
	if (card_register(card, card_to_device)) {
		kfree(card);
		return NULL;
	}
	return card;
}
