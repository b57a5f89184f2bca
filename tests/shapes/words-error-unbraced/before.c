// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card houari;

static unsigned long houari_fill(struct page *dpage, struct page *spage)
{
	lock_page(dpage);
	card_copy(&houari, dpage, spage);
	return migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void houari_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		*dst = MIGRATE_PFN_ERROR;
	else
		*dst = houari_fill(dpage, spage);
}

static void houari_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	card_note(&houari, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops houari_ops = {
	.alloc_and_copy		= houari_alloc_and_copy,
	.finalize_and_map	= houari_finalize_and_map,
};

/* A variable called failed is there already, and means something else. */
static vm_fault_t houari_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int failed;

	failed = migrate_vma(&houari_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src,
			     &dst, NULL);
	if (failed)
		return VM_FAULT_SIGBUS;
	return (dst == MIGRATE_PFN_ERROR) ? VM_FAULT_OOM : 0;
}

static const struct dev_pagemap_ops houari_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= houari_migrate_to_ram,
};

static int __init houari_init(void)
{
	houari.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	houari.memory.pagemap.ops = &houari_pagemap_ops;
	return card_register(&houari, card_to_device);
}

card_module(houari, houari_init);
