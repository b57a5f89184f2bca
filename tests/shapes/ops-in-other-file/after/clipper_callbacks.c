// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "clipper.h"

static void clipper_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end,
				   struct clipper_counts *counts)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		counts->collected++;
		dpage = card_alloc(&clipper);
		if (!dpage)
			continue;
		card_copy(&clipper, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void clipper_finalize_and_map(const unsigned long *src, unsigned long start,
				     unsigned long end, struct clipper_counts *counts)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++)
		counts->moved += !!(src[i] & MIGRATE_PFN_MIGRATE);
}

int clipper_to_device_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	clipper_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	clipper_finalize_and_map(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}
