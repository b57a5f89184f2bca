// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

#include "card.h"

static struct card rowan;

static void rowan_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&rowan);
		if (!dpage)
			continue;
		card_copy(&rowan, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void rowan_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&rowan, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

/* Called from a worker, with nothing locked. */
int rowan_prefetch(struct mm_struct *mm, unsigned long addr);

int rowan_prefetch(struct mm_struct *mm, unsigned long addr)
{
	unsigned long src[2], dst[2];
	struct vm_area_struct *vma;
	int ret = -EFAULT;
	struct migrate_vma args = {
		.start		= addr,
		.end		= addr + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &rowan,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

#if KERNEL_VERSION(5, 8, 0) > LINUX_VERSION_CODE
	down_read(&mm->mmap_sem);
#else
	mmap_read_lock(mm);
#endif
	vma = find_vma(mm, addr);
	if (!vma || addr < vma->vm_start)
		goto out;
	args.vma = vma;
	ret = migrate_vma_setup(&args);
	if (!ret && args.cpages) {
		rowan_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		rowan_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
out:
#if !(KERNEL_VERSION(5, 8, 0) <= LINUX_VERSION_CODE)
	up_read(&mm->mmap_sem);
#else
	mmap_read_unlock(mm);
#endif
	return ret;
}

static long rowan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return -EOPNOTSUPP;
}

static const struct dev_pagemap_ops rowan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init rowan_init(void)
{
	rowan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	rowan.memory.pagemap.owner = &rowan;
	rowan.memory.pagemap.ops = &rowan_pagemap_ops;
	return card_register(&rowan, rowan_move);
}

card_module(rowan, rowan_init);
