// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sandal;

static void sandal_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct card *card = private;
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	lock_page(dpage);
	if (card_copy(card, dpage, spage)) {
		card_release(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void sandal_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	struct card *card = private;

	card_note(card, "filled", dst[0] & MIGRATE_PFN_VALID);
}

static const struct migrate_vma_ops sandal_ops = {
	.alloc_and_copy		= sandal_alloc_and_copy,
	.finalize_and_map	= sandal_finalize_and_map,
};

static vm_fault_t sandal_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src[1] = {0}, dst[1] = {0};
	int ret;

	ret = migrate_vma(&sandal_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			  src, dst, &sandal);
	if (ret)
		return VM_FAULT_SIGBUS;
	if (dst[0] == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops sandal_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= sandal_migrate_to_ram,
};

static int __init sandal_init(void)
{
	sandal.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sandal.memory.pagemap.ops = &sandal_pagemap_ops;
	return card_register(&sandal, card_to_device);
}

card_module(sandal, sandal_init);
