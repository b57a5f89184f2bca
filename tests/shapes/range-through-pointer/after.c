// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card civet;

static void civet_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&civet);
		if (!dpage)
			continue;
		card_copy(&civet, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void civet_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&civet, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int civet_next(struct vm_area_struct *vma, unsigned long *pos, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &civet,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	(*pos) &= PAGE_MASK;
	if (end - *pos < PAGE_SIZE)
		return -ERANGE;
	(*pos) += PAGE_SIZE;
	args.start = (*pos - PAGE_SIZE) & PAGE_MASK;
	args.end = *pos;
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		civet_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		civet_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static long civet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long pos = start;
	int ret;

	do {
		ret = civet_next(vma, &pos, end);
	} while (!ret);
	return ret == -ERANGE ? 0 : ret;
}

static const struct dev_pagemap_ops civet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init civet_init(void)
{
	civet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	civet.memory.pagemap.owner = &civet;
	civet.memory.pagemap.ops = &civet_pagemap_ops;
	return card_register(&civet, civet_move);
}

card_module(civet, civet_init);
