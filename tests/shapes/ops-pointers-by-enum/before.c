// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

static void yawl_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&yawl);
		if (!dpage)
			continue;
		card_copy(&yawl, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void yawl_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&yawl, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static void yawl_quiet(struct vm_area_struct *vma, const unsigned long *src,
		       const unsigned long *dst, unsigned long start, unsigned long end,
		       void *private)
{
}

static const struct migrate_vma_ops yawl_ops = {
	.alloc_and_copy		= yawl_alloc_and_copy,
	.finalize_and_map	= yawl_finalize_and_map,
};

static const struct migrate_vma_ops yawl_quiet_ops = {
	.alloc_and_copy		= yawl_alloc_and_copy,
	.finalize_and_map	= yawl_quiet,
};

enum yawl_kind { YAWL_PLAIN, YAWL_QUIET, YAWL_KINDS };

/* None of them is NULL. */
static const struct migrate_vma_ops *const yawl_kinds[YAWL_KINDS] = {
	[YAWL_PLAIN] = &yawl_ops,
	[YAWL_QUIET] = &yawl_quiet_ops,
};

static struct card *yawl_card(void)
{
	card_note(&yawl, "asked", 1);
	return &yawl;
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	enum yawl_kind kind = end - start > PAGE_SIZE ? YAWL_QUIET : YAWL_PLAIN;
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];

	if (end - start > CARD_PAGES * PAGE_SIZE)
		return -E2BIG;
	return migrate_vma(yawl_kinds[kind], vma, start, end, src, dst, yawl_card());
}

static const struct dev_pagemap_ops yawl_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yawl_init(void)
{
	yawl.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yawl.memory.pagemap.ops = &yawl_pagemap_ops;
	return card_register(&yawl, yawl_move);
}

card_module(yawl, yawl_init);
