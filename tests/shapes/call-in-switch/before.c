// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sampan;

static void sampan_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&sampan);
		if (!dpage)
			continue;
		card_copy(&sampan, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void sampan_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&sampan, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops sampan_ops = {
	.alloc_and_copy		= sampan_alloc_and_copy,
	.finalize_and_map	= sampan_finalize_and_map,
};

#define SAMPAN_ONE	1
#define SAMPAN_TWO	2

static long sampan_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	switch ((end - start) >> PAGE_SHIFT) {
	case SAMPAN_ONE:
		ret = migrate_vma(&sampan_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
		if (ret)
			break;
		card_note(&sampan, "one", 1);
		fallthrough;
	case SAMPAN_TWO:
		ret = 2;
		break;
	default:
		ret = -EINVAL;
	}
	return ret;
}

static const struct dev_pagemap_ops sampan_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sampan_init(void)
{
	sampan.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sampan.memory.pagemap.ops = &sampan_pagemap_ops;
	return card_register(&sampan, sampan_move);
}

card_module(sampan, sampan_init);
