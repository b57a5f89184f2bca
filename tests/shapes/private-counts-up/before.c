// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card merlin;

static void merlin_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&merlin);
		if (!dpage)
			continue;
		card_copy(&merlin, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void merlin_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&merlin, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
	++*(unsigned long *)private;
}

static const struct migrate_vma_ops merlin_ops = {
	.alloc_and_copy		= merlin_alloc_and_copy,
	.finalize_and_map	= merlin_finalize_and_map,
};

static unsigned long merlin_jobs[16];

/* The next job is taken whether or not anything is collected. */
static long merlin_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	static unsigned int taken;
	int ret;

	ret = migrate_vma(&merlin_ops, vma, start & PAGE_MASK, (start & PAGE_MASK) + PAGE_SIZE, &src,
			  &dst, &merlin_jobs[taken++ % 16]);
	card_note(&merlin, "taken", taken);
	return ret;
}

static const struct dev_pagemap_ops merlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init merlin_init(void)
{
	merlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	merlin.memory.pagemap.ops = &merlin_pagemap_ops;
	return card_register(&merlin, merlin_move);
}

card_module(merlin, merlin_init);
