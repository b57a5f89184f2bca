// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card osprey;

struct osprey_methods {
	vm_fault_t (*back)(struct vm_area_struct *vma, unsigned long addr);
};

static void osprey_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !is_device_private_page(spage) || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	card_copy(&osprey, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void osprey_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&osprey, "moved", 1);
}

static vm_fault_t osprey_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &osprey,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		osprey_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		osprey_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct osprey_methods osprey_methods = { .back = osprey_back };

static vm_fault_t osprey_migrate_to_ram(struct vm_fault *vmf)
{
	return osprey_methods.back(vmf->vma, vmf->address);
}

static long osprey_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return card_to_device(vma, start, end);
}

static const struct dev_pagemap_ops osprey_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= osprey_migrate_to_ram,
};

static int __init osprey_init(void)
{
	osprey.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	osprey.memory.pagemap.owner = &osprey;
	osprey.memory.pagemap.ops = &osprey_pagemap_ops;
	return card_register(&osprey, osprey_move);
}

card_module(osprey, osprey_init);
