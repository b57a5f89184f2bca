/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef BLOATER_H
#define BLOATER_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

extern struct card bloater;

static inline void bloater_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, unsigned long end,
					void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&bloater);
		if (!dpage)
			continue;
		card_copy(&bloater, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static inline void bloater_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					  const unsigned long *dst, unsigned long start,
					  unsigned long end, void *private)
{
	card_note(&bloater, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bloater_ops = {
	.alloc_and_copy		= bloater_alloc_and_copy,
	.finalize_and_map	= bloater_finalize_and_map,
};

#endif
