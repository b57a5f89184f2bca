// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card punt;

static void punt_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&punt);
		if (!dpage)
			continue;
		card_copy(&punt, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void punt_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&punt, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops punt_migrate_vma_ops = {
	punt_alloc_and_copy, punt_finalize_and_map
};

static long punt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[8], dst[8];

	if (!IS_ALIGNED(start, PAGE_SIZE) || end - start > sizeof(src) / sizeof(src[0]) * PAGE_SIZE)
		return -EINVAL;
	if (migrate_vma(&punt_migrate_vma_ops, vma, start, end, src, dst, NULL))
		return -EFAULT;
	return 0;
}

static const struct dev_pagemap_ops punt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init punt_init(void)
{
	punt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	punt.memory.pagemap.ops = &punt_pagemap_ops;
	return card_register(&punt, punt_move);
}

card_module(punt, punt_init);
