// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card hansom;

static void hansom_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&hansom);
		if (!dpage)
			continue;
		card_copy(&hansom, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void hansom_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&hansom, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops hansom_ops = {
	.alloc_and_copy		= hansom_alloc_and_copy,
	.finalize_and_map	= hansom_finalize_and_map,
};

/* Whoever gets the object may call its members too. */
static void hansom_rehearse(const struct migrate_vma_ops *ops, struct vm_area_struct *vma,
			    unsigned long start)
{
	unsigned long src = 0, dst = 0;

	ops->alloc_and_copy(vma, &src, &dst, start, start + PAGE_SIZE, NULL);
}

static long hansom_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	hansom_rehearse(&hansom_ops, vma, start);
	return migrate_vma(&hansom_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops hansom_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init hansom_init(void)
{
	hansom.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	hansom.memory.pagemap.ops = &hansom_pagemap_ops;
	return card_register(&hansom, hansom_move);
}

card_module(hansom, hansom_init);
