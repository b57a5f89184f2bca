// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sandal;

static void sandal_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, struct card *card,
				  bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	lock_page(dpage);
	if (card_copy(card, dpage, spage)) {
		card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void sandal_finalize_and_map(const unsigned long *dst, struct card *card)
{
	card_note(card, "filled", dst[0] & MIGRATE_PFN_VALID);
}

static vm_fault_t sandal_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src[1] = {0}, dst[1] = {0};
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &sandal,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		sandal_alloc_and_copy(args.vma, args.src, args.dst, args.start, &sandal, &failed);
		migrate_vma_pages(&args);
		sandal_finalize_and_map(args.dst, &sandal);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops sandal_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= sandal_migrate_to_ram,
};

static int __init sandal_init(void)
{
	sandal.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sandal.memory.pagemap.owner = &sandal;
	sandal.memory.pagemap.ops = &sandal_pagemap_ops;
	return card_register(&sandal, card_to_device);
}

card_module(sandal, sandal_init);
