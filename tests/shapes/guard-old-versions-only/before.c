// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

#include "card.h"

static struct card gnu;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
static void gnu_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&gnu);
		if (!dpage)
			continue;
		card_copy(&gnu, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void gnu_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&gnu, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops gnu_ops = {
	.alloc_and_copy		= gnu_alloc_and_copy,
	.finalize_and_map	= gnu_finalize_and_map,
};

static long gnu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&gnu_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}
#else
static long gnu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return -EOPNOTSUPP;
}
#endif

static const struct dev_pagemap_ops gnu_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gnu_init(void)
{
	gnu.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gnu.memory.pagemap.ops = &gnu_pagemap_ops;
	return card_register(&gnu, gnu_move);
}

card_module(gnu, gnu_init);
