// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"
#include "orca.h"

static struct card orca;

static void orca_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < ORCA_NPAGES(); i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&orca);
		if (!dpage)
			continue;
		card_copy(&orca, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void orca_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	card_note(&orca, "pages", ORCA_NPAGES());
}

static const struct migrate_vma_ops orca_ops = {
	.alloc_and_copy		= orca_alloc_and_copy,
	.finalize_and_map	= orca_finalize_and_map,
};

static long orca_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&orca_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops orca_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init orca_init(void)
{
	orca.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	orca.memory.pagemap.ops = &orca_pagemap_ops;
	return card_register(&orca, orca_move);
}

card_module(orca, orca_init);
