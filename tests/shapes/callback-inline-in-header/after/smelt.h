/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SMELT_H
#define SMELT_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

extern struct card smelt;

static inline void smelt_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&smelt);
		if (!dpage)
			continue;
		card_copy(&smelt, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static inline void smelt_finalize_and_map(const unsigned long *src)
{
	card_note(&smelt, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

#endif
