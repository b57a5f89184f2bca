// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ewe;

static void ewe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long *last = dst + ((end - start) >> PAGE_SHIFT);
	unsigned long copied = 0;

	for (; dst < last; src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ewe);
		if (!dpage)
			continue;
		card_copy(&ewe, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
		if (is_device_private_page(dpage))
			*dst |= MIGRATE_PFN_DEVICE;
		if (!PageLocked(dpage)) {
			*dst |= MIGRATE_PFN_DEVICE;
		}
		*dst |= MIGRATE_PFN_LOCKED;
		copied++;
	}
	card_note(&ewe, "copied", copied);
}

static void ewe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&ewe, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops ewe_ops = {
	.alloc_and_copy		= ewe_alloc_and_copy,
	.finalize_and_map	= ewe_finalize_and_map,
};

static long ewe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;

	ret = migrate_vma(&ewe_ops, vma, start, start + 2 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops ewe_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ewe_init(void)
{
	ewe.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ewe.memory.pagemap.ops = &ewe_pagemap_ops;
	return card_register(&ewe, ewe_move);
}

card_module(ewe, ewe_init);
