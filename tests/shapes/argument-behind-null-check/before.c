// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card quail;

static void quail_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void quail_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&quail, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops quail_ops = {
	.alloc_and_copy		= quail_alloc_and_copy,
	.finalize_and_map	= quail_finalize_and_map,
};

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

	if (!request)
		return -ENODEV;
	ret = migrate_vma(&quail_ops, request->vma, request->start, request->end, src, dst, NULL);
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
	quail.memory.pagemap.ops = &quail_pagemap_ops;
	return card_register(&quail, quail_move);
}

card_module(quail, quail_init);
