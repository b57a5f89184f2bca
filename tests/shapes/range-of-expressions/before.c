// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card shrew;

static void shrew_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&shrew);
		if (!dpage)
			continue;
		card_copy(&shrew, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void shrew_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&shrew, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops shrew_ops = {
	.alloc_and_copy		= shrew_alloc_and_copy,
	.finalize_and_map	= shrew_finalize_and_map,
};

static long shrew_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	unsigned long i = 1;
	int ret;

	if (end - start > 2 * PAGE_SIZE)
		return -E2BIG;
	ret = migrate_vma(&shrew_ops, vma, start + i * 8, end ? end : start + PAGE_SIZE, &src[i],
			  dst + i, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops shrew_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init shrew_init(void)
{
	shrew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shrew.memory.pagemap.ops = &shrew_pagemap_ops;
	return card_register(&shrew, shrew_move);
}

card_module(shrew, shrew_init);
