// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card quail;

static void quail_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&quail);
		if (!dpage)
			continue;
		card_copy(&quail, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void quail_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&quail, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

struct quail_request {
	struct vm_area_struct *vma;
	unsigned long start;
	unsigned long end;
};

/* Nothing may be read through the pointer in front of the test. */
static int quail_serve(struct quail_request *request)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &quail,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!request)
		return -ENODEV;
	args.vma = request->vma;
	args.start = request->start & PAGE_MASK;
	args.end = request->end;
	ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
	if (!ret && args.cpages) {
		quail_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		quail_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return ret;
}

static long quail_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct quail_request request = { vma, start, end };

	if (!PAGE_ALIGNED(start) || end - start > 4 * PAGE_SIZE)
		return quail_serve(NULL);
	return quail_serve(&request);
}

static const struct dev_pagemap_ops quail_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init quail_init(void)
{
	quail.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	quail.memory.pagemap.owner = &quail;
	quail.memory.pagemap.ops = &quail_pagemap_ops;
	return card_register(&quail, quail_move);
}

card_module(quail, quail_init);
