// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "saiga.h"

static struct card saiga;

static void saiga_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end);
static void saiga_finalize_and_map(const unsigned long *src);

static int saiga_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	saiga_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	saiga_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long saiga_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[SAIGA_PAGES], dst[SAIGA_PAGES];
	struct migrate_vma migrate = {
		.vma	= vma,
		.start	= start,
		.end	= start + SAIGA_PAGES * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	if (end - start == PAGE_SIZE) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= start & PAGE_MASK,
			.end	= end,
			.src	= src,
			.dst	= dst,
		};

		return saiga_migrate(&args);
	}
	return saiga_migrate(&migrate);
}

static void saiga_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = src[i] & MIGRATE_PFN_MIGRATE ? card_alloc(&saiga) : NULL;

		if (!dpage)
			continue;
		card_copy(&saiga, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void saiga_finalize_and_map(const unsigned long *src)
{
	card_note(&saiga, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct dev_pagemap_ops saiga_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init saiga_init(void)
{
	saiga.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	saiga.memory.pagemap.ops = &saiga_pagemap_ops;
	return card_register(&saiga, saiga_move);
}

card_module(saiga, saiga_init);
