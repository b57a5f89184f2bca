// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cutter;

static void cutter_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&cutter);
		if (!dpage)
			continue;
		card_copy(&cutter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void cutter_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&cutter, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops cutter_ops = {
	.alloc_and_copy		= cutter_alloc_and_copy,
	.finalize_and_map	= cutter_finalize_and_map,
};

static long cutter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	ret = migrate_vma(&cutter_ops,
			  vma,
			  addr,
			  addr + PAGE_SIZE,	/* one page */
			  src,
			  dst,
			  NULL);		/* nothing private */
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops cutter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cutter_init(void)
{
	cutter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cutter.memory.pagemap.ops = &cutter_pagemap_ops;
	return card_register(&cutter, cutter_move);
}

card_module(cutter, cutter_init);
