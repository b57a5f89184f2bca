// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yew;

static void yew_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long *last = dst + ((end - start) >> PAGE_SHIFT);
	unsigned long flags = MIGRATE_PFN_DEVICE | MIGRATE_PFN_LOCKED, copied = 0;

	for (; dst < last; src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&yew);
		if (!dpage)
			continue;
		card_copy(&yew, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
		if (*src & MIGRATE_PFN_WRITE)
			*dst |= flags;
		else
			*dst |= MIGRATE_PFN_LOCKED;
		copied++;
	}
	card_note(&yew, "copied", copied);
}

static void yew_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&yew, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops yew_ops = {
	.alloc_and_copy		= yew_alloc_and_copy,
	.finalize_and_map	= yew_finalize_and_map,
};

static long yew_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&yew_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops yew_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yew_init(void)
{
	yew.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yew.memory.pagemap.ops = &yew_pagemap_ops;
	return card_register(&yew, yew_move);
}

card_module(yew, yew_init);
