// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wren;

/* The memory is set up in the driver's memory.c. */
static void wren_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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
	card_copy(&wren, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void wren_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	card_note(&wren, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops wren_ops = {
	.alloc_and_copy		= wren_alloc_and_copy,
	.finalize_and_map	= wren_finalize_and_map,
};

vm_fault_t wren_migrate_to_ram(struct vm_fault *vmf);

vm_fault_t wren_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&wren_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst, NULL))
		return VM_FAULT_SIGBUS;
	return 0;
}
