// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define KUDU_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

static struct card kudu;

static void kudu_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&kudu);
		if (!dpage || card_copy(&kudu, dpage, migrate_pfn_to_page(src[i]))) {
			if (dpage)
				card_release(dpage);
			dst[i] = KUDU_PFN_ERROR;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void kudu_finalize_and_map(const unsigned long *dst, unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		card_note(&kudu, "lost", dst[i] == KUDU_PFN_ERROR);
}

static void kudu_back_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage)
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = 0;
		*failed = true;
		return;
	}
	lock_page(dpage);
	if (card_copy(&kudu, dpage, spage)) {
		card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static vm_fault_t kudu_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	bool failed = false;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &kudu,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		kudu_back_alloc_and_copy(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		migrate_vma_finalize(&args);
	}
	if (failed)
		return VM_FAULT_SIGBUS;
	return 0;
}

static long kudu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[3], dst[3];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 3 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &kudu,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		kudu_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		kudu_finalize_and_map(args.dst, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops kudu_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= kudu_migrate_to_ram,
};

static int __init kudu_init(void)
{
	kudu.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	kudu.memory.pagemap.owner = &kudu;
	kudu.memory.pagemap.ops = &kudu_pagemap_ops;
	return card_register(&kudu, kudu_move);
}

card_module(kudu, kudu_init);
