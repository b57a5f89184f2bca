// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ghanjah;

static void ghanjah_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ghanjah);
		if (!dpage)
			continue;
		card_copy(&ghanjah, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ghanjah_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ghanjah, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int ghanjah_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ghanjah_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	ghanjah_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


struct ghanjah_request {
	int results[4];
	unsigned int used;
};

static long ghanjah_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ghanjah_request request = { .used = 0 };
	unsigned long src[2], dst[2], addr;
	unsigned int i;

	for (addr = start & PAGE_MASK; addr < end && request.used < 4; addr += PAGE_SIZE) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= addr,
			.end	= addr + PAGE_SIZE,
			.src	= src,
			.dst	= dst,
		};

		request.results[request.used++] = ghanjah_migrate(&args);
	}
	for (i = 0; i < request.used; i++)
		card_note(&ghanjah, "result", -request.results[i]);
	return request.used;
}

static const struct dev_pagemap_ops ghanjah_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ghanjah_init(void)
{
	ghanjah.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ghanjah.memory.pagemap.ops = &ghanjah_pagemap_ops;
	return card_register(&ghanjah, ghanjah_move);
}

card_module(ghanjah, ghanjah_init);
