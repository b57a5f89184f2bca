// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card baghlah;

static void baghlah_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				   unsigned long *dst, unsigned long start, unsigned long end,
				   void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&baghlah);
		if (!dpage)
			continue;
		card_copy(&baghlah, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void baghlah_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				     const unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&baghlah, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops baghlah_ops = {
	.alloc_and_copy		= baghlah_alloc_and_copy,
	.finalize_and_map	= baghlah_finalize_and_map,
};


static long baghlah_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	ret = end - addr < PAGE_SIZE ? -EINVAL :
	      migrate_vma(&baghlah_ops, vma, addr, addr + PAGE_SIZE, src, dst, NULL);
	return ret;
}

static const struct dev_pagemap_ops baghlah_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init baghlah_init(void)
{
	baghlah.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	baghlah.memory.pagemap.ops = &baghlah_pagemap_ops;
	return card_register(&baghlah, baghlah_move);
}

card_module(baghlah, baghlah_init);
