// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card godwit;

static void godwit_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&godwit);
		if (!dpage)
			continue;
		card_copy(&godwit, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void godwit_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&godwit, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops godwit_ops = {
	.alloc_and_copy		= godwit_alloc_and_copy,
	.finalize_and_map	= godwit_finalize_and_map,
};

union godwit_address {
	unsigned long word;
	unsigned char bytes[sizeof(unsigned long)];
};

/* The bytes are the word. */
static long godwit_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	union godwit_address first = { .word = start };
	unsigned long src, dst;
	int ret;

	if (end - start > 4 * PAGE_SIZE)
		return -E2BIG;
	first.bytes[0] = 0;
	ret = migrate_vma(&godwit_ops, vma, first.word, first.word + PAGE_SIZE, &src, &dst, NULL);
	return ret;
}

static const struct dev_pagemap_ops godwit_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init godwit_init(void)
{
	godwit.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	godwit.memory.pagemap.ops = &godwit_pagemap_ops;
	return card_register(&godwit, godwit_move);
}

card_module(godwit, godwit_init);
