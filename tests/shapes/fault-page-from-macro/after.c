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
	card_copy(&merlin, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void merlin_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&merlin, "moved", 1);
}

static vm_fault_t merlin_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &merlin,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		merlin_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		merlin_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
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
	merlin.memory.pagemap.owner = &merlin;
	merlin.memory.pagemap.ops = &merlin_pagemap_ops;
	return card_register(&merlin, merlin_move);
}

card_module(merlin, merlin_init);
