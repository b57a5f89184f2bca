// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card merlin;

#define MERLIN_FAULT(name)					\
	static vm_fault_t name(struct vm_fault *vmf)		\
	{							\
		return merlin_back(vmf->vma, vmf->address);	\
	}

static void merlin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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
	card_copy(&merlin, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void merlin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&merlin, "moved", 1);
}

static const struct migrate_vma_ops merlin_ops = {
	.alloc_and_copy		= merlin_alloc_and_copy,
	.finalize_and_map	= merlin_finalize_and_map,
};

static vm_fault_t merlin_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;

	if (migrate_vma(&merlin_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL))
		return VM_FAULT_SIGBUS;
	return 0;
}

MERLIN_FAULT(merlin_migrate_to_ram)

static long merlin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return card_to_device(vma, start, end);
}

static const struct dev_pagemap_ops merlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= merlin_migrate_to_ram,
};

static int __init merlin_init(void)
{
	merlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	merlin.memory.pagemap.ops = &merlin_pagemap_ops;
	return card_register(&merlin, merlin_move);
}

card_module(merlin, merlin_init);
