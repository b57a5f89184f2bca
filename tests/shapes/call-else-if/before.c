// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card longship;

static void longship_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start, unsigned long end,
				    void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&longship);
		if (!dpage)
			continue;
		card_copy(&longship, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void longship_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				      const unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&longship, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops longship_ops = {
	.alloc_and_copy		= longship_alloc_and_copy,
	.finalize_and_map	= longship_finalize_and_map,
};


static long longship_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret = 0;

	if (addr != start) {
		ret = -EINVAL;
	} else if (migrate_vma(&longship_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL)) {
		ret = -EFAULT;
	} else {
		card_note(&longship, "moved", 1);
	}
	return ret;
}

static const struct dev_pagemap_ops longship_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init longship_init(void)
{
	longship.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	longship.memory.pagemap.ops = &longship_pagemap_ops;
	return card_register(&longship, longship_move);
}

card_module(longship, longship_init);
