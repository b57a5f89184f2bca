// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card asp;

static void asp_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&asp);
		if (!dpage)
			continue;
		card_copy(&asp, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void asp_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start,
				 unsigned long end, void *private)
{
	card_note(&asp, "pages", (end - start) >> PAGE_SHIFT);
}

static const struct migrate_vma_ops asp_ops = {
	.alloc_and_copy		= asp_alloc_and_copy,
	.finalize_and_map	= asp_finalize_and_map,
};

/* Two pages a turn, and the odd one first. */
static long asp_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret = -EINVAL;

	switch ((end - start) / PAGE_SIZE & 1) {
		do {
	case 0:
			ret = migrate_vma(&asp_ops, vma, start, start + PAGE_SIZE, &src, &dst,
					  NULL);
			start += PAGE_SIZE;
			if (!ret)
				break;
			fallthrough;
	case 1:
			ret = migrate_vma(&asp_ops, vma, start, start + PAGE_SIZE, &src, &dst,
					  NULL);
			start += PAGE_SIZE;
		} while (start < end && !ret);
	}
	return ret;
}

static const struct dev_pagemap_ops asp_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init asp_init(void)
{
	asp.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	asp.memory.pagemap.ops = &asp_pagemap_ops;
	return card_register(&asp, asp_move);
}

card_module(asp, asp_init);
