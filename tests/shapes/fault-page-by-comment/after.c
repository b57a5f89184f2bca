// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card kestrel;

struct kestrel_fault {
	struct vm_area_struct *vma;
	unsigned long addr;
	struct page *page;
};

struct kestrel_methods {
	vm_fault_t (*back)(struct kestrel_fault *fault);
};

static void kestrel_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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
	card_copy(&kestrel, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void kestrel_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&kestrel, "moved", 1);
}

static vm_fault_t kestrel_back(struct kestrel_fault *fault)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= fault->vma,
		.start		= fault->addr,
		.end		= fault->addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &kestrel,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= fault->page,
	};

	/* migrate-vma: to-ram, fault_page=fault->page */
	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		kestrel_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		kestrel_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct kestrel_methods kestrel_methods = { kestrel_back };

static vm_fault_t kestrel_migrate_to_ram(struct vm_fault *vmf)
{
	struct kestrel_fault fault = {
		.vma = vmf->vma, .addr = vmf->address, .page = vmf->page,
	};

	return kestrel_methods.back(&fault);
}

static long kestrel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return card_to_device(vma, start, end);
}

static const struct dev_pagemap_ops kestrel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= kestrel_migrate_to_ram,
};

static int __init kestrel_init(void)
{
	kestrel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	kestrel.memory.pagemap.owner = &kestrel;
	kestrel.memory.pagemap.ops = &kestrel_pagemap_ops;
	return card_register(&kestrel, kestrel_move);
}

card_module(kestrel, kestrel_init);
