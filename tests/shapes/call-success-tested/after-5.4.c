// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card praam;

static void praam_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&praam);
		if (!dpage)
			continue;
		card_copy(&praam, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void praam_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&praam, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int praam_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	praam_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	praam_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static long praam_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	/* The other way round: what follows at once is the good case. */
	if (!praam_migrate(&args))
		return (src[0] & MIGRATE_PFN_MIGRATE) != 0;

	card_note(&praam, "failed", 1);
	return -EFAULT;
}

static const struct dev_pagemap_ops praam_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init praam_init(void)
{
	praam.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	praam.memory.pagemap.ops = &praam_pagemap_ops;
	return card_register(&praam, praam_move);
}

card_module(praam, praam_init);
