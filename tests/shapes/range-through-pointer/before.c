// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card civet;

static void civet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				 unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&civet);
		if (!dpage)
			continue;
		card_copy(&civet, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void civet_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&civet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops civet_ops = {
	.alloc_and_copy		= civet_alloc_and_copy,
	.finalize_and_map	= civet_finalize_and_map,
};

static int civet_next(struct vm_area_struct *vma, unsigned long *pos, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	(*pos) &= PAGE_MASK;
	if (end - *pos < PAGE_SIZE)
		return -ERANGE;
	(*pos) += PAGE_SIZE;
	ret = migrate_vma(&civet_ops, vma, *pos - PAGE_SIZE, *pos, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static long civet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long pos = start;
	int ret;

	do {
		ret = civet_next(vma, &pos, end);
	} while (!ret);
	return ret == -ERANGE ? 0 : ret;
}

static const struct dev_pagemap_ops civet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init civet_init(void)
{
	civet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	civet.memory.pagemap.ops = &civet_pagemap_ops;
	return card_register(&civet, civet_move);
}

card_module(civet, civet_init);
