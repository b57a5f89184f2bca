// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dunlin;

struct dunlin_entry {
	unsigned long pfn;
	struct dunlin_entry *next;
};

/* One entry of the list for each page. */
static void dunlin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	for (; start < end && private; start += PAGE_SIZE, src++, dst++) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&dunlin);
		if (dpage) {
			card_copy(&dunlin, dpage, migrate_pfn_to_page(*src));
			*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
			((struct dunlin_entry *)private)->pfn = page_to_pfn(dpage);
		}
		private = ((struct dunlin_entry *)private)->next;
	}
}

static void dunlin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	struct dunlin_entry *entry = private;

	/* From the first one again. */
	for (; entry; entry = entry->next)
		card_note(&dunlin, "filled", !!entry->pfn);
}

static const struct migrate_vma_ops dunlin_ops = {
	.alloc_and_copy		= dunlin_alloc_and_copy,
	.finalize_and_map	= dunlin_finalize_and_map,
};

static long dunlin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct dunlin_entry entries[3] = { { 0, &entries[1] }, { 0, &entries[2] }, { 0, NULL } };
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&dunlin_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, entries);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops dunlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dunlin_init(void)
{
	dunlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dunlin.memory.pagemap.ops = &dunlin_pagemap_ops;
	return card_register(&dunlin, dunlin_move);
}

card_module(dunlin, dunlin_init);
