// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card xebec;

static void xebec_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&xebec);
		if (!dpage)
			continue;
		card_copy(&xebec, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void xebec_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&xebec, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long xebec_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret = -EAGAIN;

	if (start == addr) {
		if (end > start) {
			struct migrate_vma args = {
				.vma	= vma,
				.start	= addr,
				.end	= addr + PAGE_SIZE,
				.src	= src,
				.dst	= dst,
			};

			ret = migrate_vma_setup(&args);
			if (!ret && args.cpages) {
				xebec_alloc_and_copy(args.src, args.dst, args.start, args.end);
				migrate_vma_pages(&args);
				xebec_finalize_and_map(args.src, args.start, args.end);
				migrate_vma_finalize(&args);
			}
		} else {
			/* An empty range. */
			ret = 0;
		}
	}
	return ret;
}

static const struct dev_pagemap_ops xebec_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init xebec_init(void)
{
	xebec.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	xebec.memory.pagemap.ops = &xebec_pagemap_ops;
	return card_register(&xebec, xebec_move);
}

card_module(xebec, xebec_init);
