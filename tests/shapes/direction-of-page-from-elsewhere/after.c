// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card jackdaw;

/* In the driver's memory.c. */
struct page *jackdaw_new_page(struct vm_area_struct *vma, unsigned long addr);

static void jackdaw_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = jackdaw_new_page(vma, start);
	if (!dpage)
		return;
	card_copy(&jackdaw, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void jackdaw_finalize_and_map(const unsigned long *src)
{
	card_note(&jackdaw, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static vm_fault_t jackdaw_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &jackdaw,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		jackdaw_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		jackdaw_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return dst ? 0 : VM_FAULT_SIGBUS;
}

static const struct dev_pagemap_ops jackdaw_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= jackdaw_migrate_to_ram,
};

static int __init jackdaw_init(void)
{
	jackdaw.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	jackdaw.memory.pagemap.owner = &jackdaw;
	jackdaw.memory.pagemap.ops = &jackdaw_pagemap_ops;
	return card_register(&jackdaw, card_to_device);
}

card_module(jackdaw, jackdaw_init);
