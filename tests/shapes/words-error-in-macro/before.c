// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card okra;

#define okra_lost(word)	((word) == MIGRATE_PFN_ERROR)

static void okra_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&okra);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	card_copy(&okra, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void okra_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&okra, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops okra_ops = {
	.alloc_and_copy		= okra_alloc_and_copy,
	.finalize_and_map	= okra_finalize_and_map,
};

static long okra_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&okra_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return okra_lost(dst) ? -ENOSPC : 0;
}

static const struct dev_pagemap_ops okra_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init okra_init(void)
{
	okra.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	okra.memory.pagemap.ops = &okra_pagemap_ops;
	return card_register(&okra, okra_move);
}

card_module(okra, okra_init);
