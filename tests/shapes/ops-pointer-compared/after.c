// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card phaeton;

static void phaeton_all_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				       unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&phaeton);
		if (!dpage)
			continue;
		card_copy(&phaeton, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void phaeton_finalize_and_map(const unsigned long *src)
{
	card_note(&phaeton, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int phaeton_all_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	phaeton_all_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	phaeton_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static int phaeton_none_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	migrate_vma_pages(args);
	phaeton_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static int phaeton_run(int (*ops)(struct migrate_vma *args, void *private),
		       struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &phaeton,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (!ops)
		return -EINVAL;
	if (ops == phaeton_none_migrate)
		card_note(&phaeton, "rehearsal", 1);
	return ops(&args, NULL);
}

static long phaeton_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	int ret = phaeton_run(NULL, vma, start);

	if (ret != -EINVAL)
		return ret;
	ret = phaeton_run(phaeton_none_migrate, vma, start);
	return ret ? ret : phaeton_run(phaeton_all_migrate, vma, start);
}

static const struct dev_pagemap_ops phaeton_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init phaeton_init(void)
{
	phaeton.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	phaeton.memory.pagemap.owner = &phaeton;
	phaeton.memory.pagemap.ops = &phaeton_pagemap_ops;
	return card_register(&phaeton, phaeton_move);
}

card_module(phaeton, phaeton_init);
