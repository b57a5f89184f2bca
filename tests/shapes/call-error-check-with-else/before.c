// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card galleon;

static void galleon_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&galleon);
		if (!dpage)
			continue;
		card_copy(&galleon, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void galleon_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&galleon, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops galleon_ops = {
	.alloc_and_copy		= galleon_alloc_and_copy,
	.finalize_and_map	= galleon_finalize_and_map,
};

static long galleon_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	ret = migrate_vma(&galleon_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	if (ret)
		goto out;
	else
		card_note(&galleon, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
	/* Not an error, and the same variable. */
	ret = src[0] & MIGRATE_PFN_MIGRATE ? 1 : 0;
out:
	return ret;
}

static const struct dev_pagemap_ops galleon_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init galleon_init(void)
{
	galleon.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	galleon.memory.pagemap.ops = &galleon_pagemap_ops;
	return card_register(&galleon, galleon_move);
}

card_module(galleon, galleon_init);
