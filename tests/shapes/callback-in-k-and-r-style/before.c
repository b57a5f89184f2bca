// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card charr;

static void charr_alloc_and_copy(vma, src, dst, start, end, private)
	struct vm_area_struct *vma;
	const unsigned long *src;
	unsigned long *dst;
	unsigned long start, end;
	void *private;
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&charr);
	if (!dpage)
		return;
	card_copy(&charr, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void charr_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	card_note(&charr, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops charr_ops = {
	.alloc_and_copy		= charr_alloc_and_copy,
	.finalize_and_map	= charr_finalize_and_map,
};

static long charr_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&charr_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops charr_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init charr_init(void)
{
	charr.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	charr.memory.pagemap.ops = &charr_pagemap_ops;
	return card_register(&charr, charr_move);
}

card_module(charr, charr_init);
