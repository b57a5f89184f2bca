// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card merlin;

static void merlin_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&merlin);
		if (!dpage)
			continue;
		card_copy(&merlin, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void merlin_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end, unsigned long *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&merlin, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
	++*private;
}

static int merlin_migrate(struct migrate_vma *args, unsigned long *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	merlin_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	merlin_finalize_and_map(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static unsigned long merlin_jobs[16];

/* The next job is taken whether or not anything is collected. */
static long merlin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	static unsigned int taken;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= (start & PAGE_MASK) + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &merlin,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = merlin_migrate(&args, &merlin_jobs[taken++ % 16]);
	card_note(&merlin, "taken", taken);
	return ret;
}

static const struct dev_pagemap_ops merlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init merlin_init(void)
{
	merlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	merlin.memory.pagemap.owner = &merlin;
	merlin.memory.pagemap.ops = &merlin_pagemap_ops;
	return card_register(&merlin, merlin_move);
}

card_module(merlin, merlin_init);
