// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card peniche;

/* Marks the page as lost until it is known not to be. */
static void peniche_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	*dst = MIGRATE_PFN_ERROR;
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
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void peniche_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	card_note(&peniche, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops peniche_ops = {
	.alloc_and_copy		= peniche_alloc_and_copy,
	.finalize_and_map	= peniche_finalize_and_map,
};

static vm_fault_t peniche_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&peniche_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			NULL) < 0)
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
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
	peniche.memory.pagemap.ops = &peniche_pagemap_ops;
	return card_register(&peniche, card_to_device);
}

card_module(peniche, peniche_init);
