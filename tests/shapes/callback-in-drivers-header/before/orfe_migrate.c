// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "orfe.h"

void orfe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
			 unsigned long start, unsigned long end, void *private)
{
	struct card *card = private;
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

void orfe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			   const unsigned long *dst, unsigned long start, unsigned long end,
			   void *private)
{
	struct card *card = private;

	card_note(card, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops orfe_ops = {
	.alloc_and_copy		= orfe_alloc_and_copy,
	.finalize_and_map	= orfe_finalize_and_map,
};

long orfe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&orfe_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, &orfe);
	if (ret)
		return ret;
	return 0;
}
