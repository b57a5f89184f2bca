// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card mokoro;

static void mokoro_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
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
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	return;

free:
	card_release(dpage);
error:
	*dst = MIGRATE_PFN_ERROR;
}

static void mokoro_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	card_note(&mokoro, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops mokoro_ops = {
	.alloc_and_copy		= mokoro_alloc_and_copy,
	.finalize_and_map	= mokoro_finalize_and_map,
};

static vm_fault_t mokoro_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src_pfn, dst_pfn;

	if (migrate_vma(&mokoro_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src_pfn,
			&dst_pfn, NULL))
		return VM_FAULT_SIGBUS;
	return dst_pfn == MIGRATE_PFN_ERROR ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops mokoro_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= mokoro_migrate_to_ram,
};

static int __init mokoro_init(void)
{
	mokoro.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	mokoro.memory.pagemap.ops = &mokoro_pagemap_ops;
	return card_register(&mokoro, card_to_device);
}

card_module(mokoro, mokoro_init);
