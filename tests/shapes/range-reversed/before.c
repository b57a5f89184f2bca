// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card lapwing;

static void lapwing_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&lapwing);
		if (!dpage)
			continue;
		card_copy(&lapwing, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void lapwing_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&lapwing, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops lapwing_ops = {
	.alloc_and_copy		= lapwing_alloc_and_copy,
	.finalize_and_map	= lapwing_finalize_and_map,
};

/* Both ends are in the mapping: migrate_vma() said -EINVAL. */
static int lapwing_between(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];

	if (start < end && end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	return migrate_vma(&lapwing_ops, vma, start, end, src, dst, NULL);
}

static long lapwing_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	long ret = lapwing_between(vma, end, start);

	card_note(&lapwing, "reversed", -ret);
	return lapwing_between(vma, start, end);
}

static const struct dev_pagemap_ops lapwing_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init lapwing_init(void)
{
	lapwing.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lapwing.memory.pagemap.ops = &lapwing_pagemap_ops;
	return card_register(&lapwing, lapwing_move);
}

card_module(lapwing, lapwing_init);
