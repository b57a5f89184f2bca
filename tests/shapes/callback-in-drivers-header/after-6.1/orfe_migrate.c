// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

#include "orfe.h"

static void orfe_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end, struct card *card)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void orfe_finalize_and_map(const unsigned long *src, struct card *card)
{
	card_note(card, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

long orfe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 2 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &orfe,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		orfe_alloc_and_copy(args.src, args.dst, args.start, args.end, &orfe);
		migrate_vma_pages(&args);
		orfe_finalize_and_map(args.src, &orfe);
		migrate_vma_finalize(&args);
	}
	return 0;
}
