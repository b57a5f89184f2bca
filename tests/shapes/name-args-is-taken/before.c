// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ccard;

struct ccard_request {
	unsigned long start;
	unsigned long end;
};

static void ccard_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ccard);
		if (!dpage)
			continue;
		card_copy(&ccard, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ccard_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ccard, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops ccard_ops = {
	.alloc_and_copy		= ccard_alloc_and_copy,
	.finalize_and_map	= ccard_finalize_and_map,
};

static long ccard_do(struct vm_area_struct *vma, const struct ccard_request *args)
{
	unsigned long src[2], dst[2];
	unsigned long migrate = 1;
	int ret;

	ret = migrate_vma(&ccard_ops, vma, args->start, args->start + PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return migrate;
}

static long ccard_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ccard_request request = { .start = start, .end = end };

	return ccard_do(vma, &request);
}

static const struct dev_pagemap_ops ccard_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ccard_init(void)
{
	ccard.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ccard.memory.pagemap.ops = &ccard_pagemap_ops;
	return card_register(&ccard, ccard_move);
}

card_module(ccard, ccard_init);
