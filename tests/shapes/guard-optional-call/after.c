// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card toboggan;

#ifdef CONFIG_DEVICE_PRIVATE
static void toboggan_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				    unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&toboggan);
		if (!dpage)
			continue;
		card_copy(&toboggan, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void toboggan_finalize_and_map(const unsigned long *src, unsigned long start,
				      unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&toboggan, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int toboggan_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	toboggan_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	toboggan_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}
#endif

static long toboggan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
#ifdef CONFIG_DEVICE_PRIVATE
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &toboggan,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return toboggan_migrate(&args);
#else
	return -EOPNOTSUPP;
#endif
}

static const struct dev_pagemap_ops toboggan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init toboggan_init(void)
{
	toboggan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	toboggan.memory.pagemap.owner = &toboggan;
	toboggan.memory.pagemap.ops = &toboggan_pagemap_ops;
	return card_register(&toboggan, toboggan_move);
}

card_module(toboggan, toboggan_init);
