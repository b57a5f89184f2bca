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
				  unsigned long *dst, unsigned long start, bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
	} else {
		*dst = houari_fill(dpage, spage);
	}
}

static void houari_finalize_and_map(const unsigned long *src)
{
	card_note(&houari, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

/* A variable called failed is there already, and means something else. */
static vm_fault_t houari_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	bool page_lost = false;
	int failed;
	struct migrate_vma args = {
		.vma	= vmf->vma,
		.start	= vmf->address,
		.end	= vmf->address + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	failed = migrate_vma_setup(&args);
	if (failed)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		houari_alloc_and_copy(args.vma, args.src, args.dst, args.start, &page_lost);
		migrate_vma_pages(&args);
		houari_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return page_lost ? VM_FAULT_OOM : 0;
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
