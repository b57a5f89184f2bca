// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pike;

static void alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			   unsigned long *dst, unsigned long start, unsigned long end,
			   void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&pike);
	if (!dpage)
		return;
	card_copy(&pike, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			     const unsigned long *dst, unsigned long start,
			     unsigned long end, void *private)
{
	card_note(&pike, "moved", dst[0] && (src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops migrate_ops = {
	.alloc_and_copy = alloc_and_copy,
	.finalize_and_map = finalize_and_map,
};

static long pike_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;
	int ret;

	ret = migrate_vma(&migrate_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops pike_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pike_init(void)
{
	pike.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pike.memory.pagemap.ops = &pike_pagemap_ops;
	return card_register(&pike, pike_move);
}

card_module(pike, pike_init);
