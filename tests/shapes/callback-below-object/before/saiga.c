// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "saiga.h"

static struct card saiga;

static const struct migrate_vma_ops saiga_ops = {
	.alloc_and_copy		= saiga_alloc_and_copy,
	.finalize_and_map	= saiga_finalize_and_map,
};

static long saiga_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[SAIGA_PAGES], dst[SAIGA_PAGES];

	if (end - start == PAGE_SIZE)
		return migrate_vma(&saiga_ops, vma, start & PAGE_MASK, end, src, dst, NULL);
	return migrate_vma(&saiga_ops, vma, start, start + SAIGA_PAGES * PAGE_SIZE, src, dst, NULL);
}

void saiga_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			  unsigned long *dst, unsigned long start, unsigned long end,
			  void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = src[i] & MIGRATE_PFN_MIGRATE ? card_alloc(&saiga) : NULL;

		if (!dpage)
			continue;
		card_copy(&saiga, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

void saiga_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			    const unsigned long *dst, unsigned long start, unsigned long end,
			    void *private)
{
	card_note(&saiga, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct dev_pagemap_ops saiga_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init saiga_init(void)
{
	saiga.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	saiga.memory.pagemap.ops = &saiga_pagemap_ops;
	return card_register(&saiga, saiga_move);
}

card_module(saiga, saiga_init);
