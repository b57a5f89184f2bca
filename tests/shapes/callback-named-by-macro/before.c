// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card chub;

#define CHUB_COPY	chub_alloc_and_copy

static void chub_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&chub);
		if (!dpage)
			continue;
		card_copy(&chub, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void chub_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	card_note(&chub, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops chub_ops = {
	.alloc_and_copy		= CHUB_COPY,
	.finalize_and_map	= chub_finalize_and_map,
};

static long chub_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&chub_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops chub_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init chub_init(void)
{
	chub.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	chub.memory.pagemap.ops = &chub_pagemap_ops;
	return card_register(&chub, chub_move);
}

card_module(chub, chub_init);
