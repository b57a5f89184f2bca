// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card birch;

static void birch_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&birch);
		if (!dpage)
			continue;
		card_copy(&birch, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void birch_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&birch, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* Called from a worker, with nothing locked. */
int birch_prefetch(struct mm_struct *mm, unsigned long addr);

int birch_prefetch(struct mm_struct *mm, unsigned long addr)
{
	unsigned long src[2], dst[2];
	struct vm_area_struct *vma;
	int ret = -EFAULT;
	struct migrate_vma args = {
		.start		= addr,
		.end		= addr + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &birch,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	mmap_read_lock(mm);
	vma = find_vma(mm, addr);
	if (!vma || addr < vma->vm_start)
		goto out;
	args.vma = vma;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		birch_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		birch_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
out:
	mmap_read_unlock(mm);
	return ret;
}

static long birch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return -EOPNOTSUPP;
}

static const struct dev_pagemap_ops birch_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init birch_init(void)
{
	birch.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	birch.memory.pagemap.owner = &birch;
	birch.memory.pagemap.ops = &birch_pagemap_ops;
	return card_register(&birch, birch_move);
}

card_module(birch, birch_init);
