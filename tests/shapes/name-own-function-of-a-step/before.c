// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card eland;

/* The kernels this driver was written for have no function of this name. */
static void migrate_vma_pages(unsigned long npages)
{
	card_note(&eland, "pages", npages);
}

static void eland_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&eland);
		if (!dpage)
			continue;
		card_copy(&eland, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void eland_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&eland, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static struct migrate_vma_ops const eland_ops __maybe_unused = {
	.alloc_and_copy		= eland_alloc_and_copy,
	.finalize_and_map	= eland_finalize_and_map,
};

static long eland_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&eland_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	migrate_vma_pages(2);
	return 0;
}

static const struct dev_pagemap_ops eland_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init eland_init(void)
{
	eland.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	eland.memory.pagemap.ops = &eland_pagemap_ops;
	return card_register(&eland, eland_move);
}

card_module(eland, eland_init);
