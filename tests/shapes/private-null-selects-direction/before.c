// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card plover;

/* Without a device it is a CPU fault. */
static void plover_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct card *card = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	if (card) {
		dpage = card_alloc(card);
		if (!dpage)
			return;
	} else {
		if (!spage)
			return;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
		if (!dpage)
			return;
		lock_page(dpage);
	}
	card_copy(&plover, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void plover_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&plover, private ? "went" : "came", 1);
}

static const struct migrate_vma_ops plover_ops = {
	.alloc_and_copy		= plover_alloc_and_copy,
	.finalize_and_map	= plover_finalize_and_map,
};

static long plover_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&plover_ops, vma, start, start + PAGE_SIZE, &src, &dst, &plover);
}

static vm_fault_t plover_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;
	int ret;

	ret = migrate_vma(&plover_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			  &src, &dst, NULL);
	return ret ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops plover_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= plover_migrate_to_ram,
};

static int __init plover_init(void)
{
	plover.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	plover.memory.pagemap.ops = &plover_pagemap_ops;
	return card_register(&plover, plover_move);
}

card_module(plover, plover_init);
