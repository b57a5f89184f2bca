// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yole;

static DEFINE_MUTEX(yole_lock);

static void yole_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&yole);
		if (!dpage)
			continue;
		card_copy(&yole, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void yole_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&yole, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops yole_ops = {
	.alloc_and_copy		= yole_alloc_and_copy,
	.finalize_and_map	= yole_finalize_and_map,
};

static long yole_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int rc;

	mutex_lock(&yole_lock);
	start &= PAGE_MASK;
	rc = migrate_vma(&yole_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (rc) {
		mutex_unlock(&yole_lock);
		return rc;
	}
	mutex_unlock(&yole_lock);
	return 0;
}

static const struct dev_pagemap_ops yole_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yole_init(void)
{
	yole.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yole.memory.pagemap.ops = &yole_pagemap_ops;
	return card_register(&yole, yole_move);
}

card_module(yole, yole_init);
