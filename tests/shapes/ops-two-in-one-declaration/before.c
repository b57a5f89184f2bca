// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card junk;

static void junk_all_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start, unsigned long end,
				    void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&junk);
		if (!dpage)
			continue;
		card_copy(&junk, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void junk_none_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, unsigned long end,
				     void *private)
{
	/* A rehearsal: everything is unmapped and mapped again. */
	card_note(&junk, "rehearsal", 1);
}

static void junk_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	card_note(&junk, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops junk_all_ops = {
	.alloc_and_copy = junk_all_alloc_and_copy,
	.finalize_and_map = junk_finalize_and_map,
}, junk_none_ops = {
	.alloc_and_copy = junk_none_alloc_and_copy,
	.finalize_and_map = junk_finalize_and_map,
};

static long junk_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst, addr;
	int ret;

	addr = start & PAGE_MASK;
	if (end - start > PAGE_SIZE) {
		ret = migrate_vma(&junk_none_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
		if (ret)
			return ret;
	} else {
		ret = migrate_vma(&junk_all_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
		if (ret)
			return ret;
	}
	return 0;
}

static const struct dev_pagemap_ops junk_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init junk_init(void)
{
	junk.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	junk.memory.pagemap.ops = &junk_pagemap_ops;
	return card_register(&junk, junk_move);
}

card_module(junk, junk_init);
