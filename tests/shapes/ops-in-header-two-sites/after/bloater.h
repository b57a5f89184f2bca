/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOATER_H
#define BLOATER_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

extern struct card bloater;

static inline void bloater_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					  unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&bloater);
		if (!dpage)
			continue;
		card_copy(&bloater, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static inline void bloater_finalize_and_map(const unsigned long *src)
{
	card_note(&bloater, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static inline int bloater_migrate(struct migrate_vma *args)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	bloater_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	bloater_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

#endif
