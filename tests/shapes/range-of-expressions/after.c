// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card shrew;

static void shrew_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&shrew);
		if (!dpage)
			continue;
		card_copy(&shrew, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void shrew_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&shrew, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long shrew_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	unsigned long i = 1;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= (start + i * 8) & PAGE_MASK,
		.end		= end ? end : start + PAGE_SIZE,
		.src		= &src[i],
		.dst		= dst + i,
		.pgmap_owner	= &shrew,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (end - start > 2 * PAGE_SIZE)
		return -E2BIG;
	if (args.start >= args.end)
		return -EINVAL;

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		shrew_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		shrew_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops shrew_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init shrew_init(void)
{
	shrew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	shrew.memory.pagemap.owner = &shrew;
	shrew.memory.pagemap.ops = &shrew_pagemap_ops;
	return card_register(&shrew, shrew_move);
}

card_module(shrew, shrew_init);
