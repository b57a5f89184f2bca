// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card wren;

/* The memory is set up in the driver's memory.c. */
static void wren_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start)
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
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void wren_finalize_and_map(const unsigned long *src)
{
	card_note(&wren, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

vm_fault_t wren_migrate_to_ram(struct vm_fault *vmf);

vm_fault_t wren_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= page_pgmap(vmf->page)->owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		wren_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		wren_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}
