/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SPRAT_H
#define SPRAT_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

extern struct card sprat;

static inline void sprat_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&sprat);
		if (!dpage)
			continue;
		card_copy(&sprat, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static inline void sprat_finalize_and_map(const unsigned long *src)
{
	card_note(&sprat, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

#endif
