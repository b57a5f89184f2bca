// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card baghlah;

static void baghlah_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&baghlah);
		if (!dpage)
			continue;
		card_copy(&baghlah, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void baghlah_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&baghlah, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int baghlah_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	baghlah_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	baghlah_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long baghlah_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &baghlah,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = end - addr < PAGE_SIZE ? -EINVAL :
	      baghlah_migrate(&args);
	return ret;
}

static const struct dev_pagemap_ops baghlah_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init baghlah_init(void)
{
	baghlah.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	baghlah.memory.pagemap.owner = &baghlah;
	baghlah.memory.pagemap.ops = &baghlah_pagemap_ops;
	return card_register(&baghlah, baghlah_move);
}

card_module(baghlah, baghlah_init);
