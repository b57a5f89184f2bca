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
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
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
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void osprey_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&osprey, "moved", 1);
}

static const struct migrate_vma_ops osprey_ops = {
	.alloc_and_copy		= osprey_alloc_and_copy,
	.finalize_and_map	= osprey_finalize_and_map,
};

static vm_fault_t osprey_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;

	if (migrate_vma(&osprey_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL))
		return VM_FAULT_SIGBUS;
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
	osprey.memory.pagemap.ops = &osprey_pagemap_ops;
	return card_register(&osprey, osprey_move);
}

card_module(osprey, osprey_init);
