// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card robin;

/* Only its address counts: it marks the device memory as this driver's. */
char robin_pgmap_owner;

/* The memory is set up in a file that is not given. */
static void robin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE) || !is_device_private_page(spage))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	card_copy(&robin, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void robin_finalize_and_map(const unsigned long *src)
{
	card_note(&robin, "came back", !!(*src & MIGRATE_PFN_MIGRATE));
}

long robin_back(struct vm_area_struct *vma, unsigned long addr);

long robin_back(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &robin_pgmap_owner,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		robin_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		robin_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}
