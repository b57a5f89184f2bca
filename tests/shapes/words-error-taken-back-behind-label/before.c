// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gabarre;

/* A copy that fails is tried a second time, below the end of the function's usual way. */
static void gabarre_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	if (card_copy(&gabarre, dpage, spage)) {
		*dst = MIGRATE_PFN_ERROR;
		goto again;
	}
	return;

again:
	if (card_copy(&gabarre, dpage, spage))
		card_release(dpage);
	else
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void gabarre_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	card_note(&gabarre, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops gabarre_ops = {
	.alloc_and_copy		= gabarre_alloc_and_copy,
	.finalize_and_map	= gabarre_finalize_and_map,
};

static vm_fault_t gabarre_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&gabarre_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			NULL) < 0)
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops gabarre_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= gabarre_migrate_to_ram,
};

static int __init gabarre_init(void)
{
	gabarre.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gabarre.memory.pagemap.ops = &gabarre_pagemap_ops;
	return card_register(&gabarre, card_to_device);
}

card_module(gabarre, gabarre_init);
