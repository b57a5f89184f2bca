// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/version.h>

#include "card.h"

static struct card gnu;

#if LINUX_VERSION_CODE < KERNEL_VERSION(5, 4, 0)
static void gnu_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
			       unsigned long end)
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
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void gnu_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&gnu, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long gnu_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &gnu,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		gnu_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		gnu_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
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
	gnu.memory.pagemap.owner = &gnu;
	gnu.memory.pagemap.ops = &gnu_pagemap_ops;
	return card_register(&gnu, gnu_move);
}

card_module(gnu, gnu_init);
