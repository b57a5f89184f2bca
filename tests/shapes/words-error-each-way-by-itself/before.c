// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card kudu;

static void kudu_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&kudu);
		if (!dpage || card_copy(&kudu, dpage, migrate_pfn_to_page(src[i]))) {
			if (dpage)
				card_release(dpage);
			dst[i] = MIGRATE_PFN_ERROR;
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void kudu_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		card_note(&kudu, "lost", dst[i] == MIGRATE_PFN_ERROR);
}

static const struct migrate_vma_ops kudu_ops = {
	.alloc_and_copy		= kudu_alloc_and_copy,
	.finalize_and_map	= kudu_finalize_and_map,
};

static void kudu_back_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage)
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	lock_page(dpage);
	if (card_copy(&kudu, dpage, spage)) {
		card_release(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void kudu_back_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				       const unsigned long *dst, unsigned long start,
				       unsigned long end, void *private)
{
}

static const struct migrate_vma_ops kudu_back_ops = {
	.alloc_and_copy		= kudu_back_alloc_and_copy,
	.finalize_and_map	= kudu_back_finalize_and_map,
};

static vm_fault_t kudu_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;

	if (migrate_vma(&kudu_back_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src,
			&dst, NULL))
		return VM_FAULT_SIGBUS;
	if (dst == MIGRATE_PFN_ERROR)
		return VM_FAULT_SIGBUS;
	return 0;
}

static long kudu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[3], dst[3];
	int ret;

	ret = migrate_vma(&kudu_ops, vma, start, start + 3 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops kudu_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= kudu_migrate_to_ram,
};

static int __init kudu_init(void)
{
	kudu.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	kudu.memory.pagemap.ops = &kudu_pagemap_ops;
	return card_register(&kudu, kudu_move);
}

card_module(kudu, kudu_init);
