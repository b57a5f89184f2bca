// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ketch;

static void ketch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ketch);
		if (!dpage)
			continue;
		card_copy(&ketch, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ketch_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ketch, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

#ifdef CONFIG_KETCH_DEBUG
static void ketch_loud_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					const unsigned long *dst, unsigned long start,
					unsigned long end, void *private)
{
	pr_info("ketch: moved to %#lx\n", dst[0]);
	ketch_finalize_and_map(vma, src, dst, start, end, private);
}
#endif

/* Which callback it is depends on the configuration. */
static const struct migrate_vma_ops ketch_ops = {
	.alloc_and_copy		= ketch_alloc_and_copy,
#ifdef CONFIG_KETCH_DEBUG
	.finalize_and_map	= ketch_loud_finalize_and_map,
#else
	.finalize_and_map	= ketch_finalize_and_map,
#endif
};

static long ketch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return migrate_vma(&ketch_ops, vma, start, end, src, dst, NULL);
}

static const struct dev_pagemap_ops ketch_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ketch_init(void)
{
	ketch.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ketch.memory.pagemap.ops = &ketch_pagemap_ops;
	return card_register(&ketch, ketch_move);
}

card_module(ketch, ketch_init);
