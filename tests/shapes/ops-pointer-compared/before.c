// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card phaeton;

static void phaeton_all_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				       void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&phaeton);
		if (!dpage)
			continue;
		card_copy(&phaeton, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void phaeton_none_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, unsigned long end,
					void *private)
{
}

static void phaeton_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	card_note(&phaeton, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops phaeton_all_ops = {
	.alloc_and_copy		= phaeton_all_alloc_and_copy,
	.finalize_and_map	= phaeton_finalize_and_map,
};

static const struct migrate_vma_ops phaeton_none_ops = {
	.alloc_and_copy		= phaeton_none_alloc_and_copy,
	.finalize_and_map	= phaeton_finalize_and_map,
};

static int phaeton_run(const struct migrate_vma_ops *ops, struct vm_area_struct *vma,
		       unsigned long start)
{
	unsigned long src[2], dst[2];

	if (!ops)
		return -EINVAL;
	if (ops == &phaeton_none_ops)
		card_note(&phaeton, "rehearsal", 1);
	return migrate_vma(ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
}

static long phaeton_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	int ret = phaeton_run(NULL, vma, start);

	if (ret != -EINVAL)
		return ret;
	ret = phaeton_run(&phaeton_none_ops, vma, start);
	return ret ? ret : phaeton_run(&phaeton_all_ops, vma, start);
}

static const struct dev_pagemap_ops phaeton_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init phaeton_init(void)
{
	phaeton.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	phaeton.memory.pagemap.ops = &phaeton_pagemap_ops;
	return card_register(&phaeton, phaeton_move);
}

card_module(phaeton, phaeton_init);
