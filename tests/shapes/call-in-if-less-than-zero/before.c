// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card proa;

static void proa_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&proa);
		if (!dpage)
			continue;
		card_copy(&proa, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void proa_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&proa, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops proa_ops = {
	.alloc_and_copy		= proa_alloc_and_copy,
	.finalize_and_map	= proa_finalize_and_map,
};

static long proa_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	long ret = -ENODEV;

	/* unlikely() and an error path of more than one statement */
	if (unlikely(migrate_vma(&proa_ops, vma, start, start + 4 * PAGE_SIZE, src, dst,
				 NULL) < 0)) {
		card_note(&proa, "refused", start >= end);
		goto out;
	}
	ret = 0;
out:
	card_note(&proa, "out", 1);
	return ret;
}

static const struct dev_pagemap_ops proa_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init proa_init(void)
{
	proa.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	proa.memory.pagemap.ops = &proa_pagemap_ops;
	return card_register(&proa, proa_move);
}

card_module(proa, proa_init);
