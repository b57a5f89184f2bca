// SPDX-License-Identifier: GPL-2.0-only
#include <linux/version.h>
#if LINUX_VERSION_CODE >= KERNEL_VERSION(4, 14, 0)
#include <linux/migrate.h>
#endif
#include <linux/mm.h>
#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 11, 0)
#include <linux/sched.h>
#else
#include <linux/sched/mm.h>
#endif
#include <linux/module.h>

#include "card.h"

static struct card oak;

#if LINUX_VERSION_CODE < KERNEL_VERSION(4, 17, 0)
typedef int oak_fault_t;
#else
typedef vm_fault_t oak_fault_t;
#endif

static void oak_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&oak);
		if (!dpage)
			continue;
		card_copy(&oak, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void oak_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&oak, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops oak_ops = {
	.alloc_and_copy		= oak_alloc_and_copy,
	.finalize_and_map	= oak_finalize_and_map,
};

static long oak_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&oak_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static oak_fault_t oak_migrate_to_ram(struct vm_fault *vmf)
{
	return card_migrate_to_ram(vmf);
}

static const struct dev_pagemap_ops oak_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= oak_migrate_to_ram,
};

static int __init oak_init(void)
{
	oak.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	oak.memory.pagemap.ops = &oak_pagemap_ops;
	return card_register(&oak, oak_move);
}

card_module(oak, oak_init);
