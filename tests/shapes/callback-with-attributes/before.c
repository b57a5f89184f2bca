// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card grayling;

static noinline void grayling_alloc_and_copy(struct vm_area_struct *vma __always_unused,
					     const unsigned long *src, unsigned long *dst,
					     unsigned long start __always_unused,
					     unsigned long end __always_unused,
					     void *private __maybe_unused)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&grayling);
	if (!dpage)
		return;
	card_copy(&grayling, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void
grayling_finalize_and_map(struct vm_area_struct *vma, unsigned long const *src,
			  unsigned long const *dst, unsigned long start, unsigned long end,
			  void *private)
{
	card_note(&grayling, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops grayling_ops = {
	.alloc_and_copy		= grayling_alloc_and_copy,
	.finalize_and_map	= grayling_finalize_and_map,
};

static long grayling_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&grayling_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops grayling_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init grayling_init(void)
{
	grayling.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	grayling.memory.pagemap.ops = &grayling_pagemap_ops;
	return card_register(&grayling, grayling_move);
}

card_module(grayling, grayling_init);
