// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card harrier;

static void harrier_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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
	card_copy(&harrier, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void harrier_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&harrier, "moved", 1);
}

static vm_fault_t harrier_page_back(struct vm_area_struct *vma, unsigned long addr,
				    struct page *fault_page);

static vm_fault_t harrier_retry(struct vm_area_struct *vma, unsigned long addr, int tries,
				struct page *fault_page)
{
	vm_fault_t ret = VM_FAULT_SIGBUS;

	while (ret && tries-- > 0)
		ret = harrier_page_back(vma, addr, fault_page);
	return ret;
}

static vm_fault_t harrier_back(struct vm_area_struct *vma, unsigned long addr,
			       struct page *fault_page)
{
	card_note(&harrier, "fault", 1);
	return harrier_retry(vma, addr & PAGE_MASK, 3, fault_page);
}

static vm_fault_t harrier_page_back(struct vm_area_struct *vma, unsigned long addr,
				    struct page *fault_page)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &harrier,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= fault_page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		harrier_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		harrier_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static vm_fault_t harrier_migrate_to_ram(struct vm_fault *vmf)
{
	return harrier_back(vmf->vma, vmf->address, vmf->page);
}

static long harrier_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	if (harrier_retry(vma, start, 1, NULL))
		return -EIO;
	return card_to_device(vma, start, end);
}

static const struct dev_pagemap_ops harrier_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= harrier_migrate_to_ram,
};

static int __init harrier_init(void)
{
	harrier.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	harrier.memory.pagemap.owner = &harrier;
	harrier.memory.pagemap.ops = &harrier_pagemap_ops;
	return card_register(&harrier, harrier_move);
}

card_module(harrier, harrier_init);
