// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card mokoro;

static void mokoro_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, bool *failed)
{
	struct page *spage, *dpage;

	spage = migrate_pfn_to_page(*src);
	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		goto error;
	lock_page(dpage);
	if (card_copy(&mokoro, dpage, spage))
		goto free;
	*dst = migrate_pfn(page_to_pfn(dpage));
	return;

free:
	card_release(dpage);
error:
	*dst = 0;
	*failed = true;
}

static void mokoro_finalize_and_map(const unsigned long *src)
{
	card_note(&mokoro, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static vm_fault_t mokoro_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src_pfn, dst_pfn;
	bool failed = false;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src_pfn,
		.dst		= &dst_pfn,
		.pgmap_owner	= &mokoro,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		mokoro_alloc_and_copy(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		mokoro_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops mokoro_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= mokoro_migrate_to_ram,
};

static int __init mokoro_init(void)
{
	mokoro.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	mokoro.memory.pagemap.owner = &mokoro;
	mokoro.memory.pagemap.ops = &mokoro_pagemap_ops;
	return card_register(&mokoro, card_to_device);
}

card_module(mokoro, mokoro_init);
