// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card felucca;

static unsigned long felucca_lost;

static void felucca_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&felucca);
	if (!dpage) {
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	if (card_copy(&felucca, dpage, migrate_pfn_to_page(*src))) {
		card_release(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void felucca_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	card_note(&felucca, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops felucca_ops = {
	.alloc_and_copy		= felucca_alloc_and_copy,
	.finalize_and_map	= felucca_finalize_and_map,
};

/* dst starts afresh with every attempt, and so must what stands for the flag. */
static long felucca_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;
	int ret, tries = 3;

again:
	ret = migrate_vma(&felucca_ops, vma, start & PAGE_MASK, (start & PAGE_MASK) + PAGE_SIZE, &src,
			  &dst, NULL);
	if (!ret && dst == MIGRATE_PFN_ERROR) {
		felucca_lost++;
		if (--tries)
			goto again;
	}
	return ret ? ret : felucca_lost;
}

static const struct dev_pagemap_ops felucca_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init felucca_init(void)
{
	felucca.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	felucca.memory.pagemap.ops = &felucca_pagemap_ops;
	return card_register(&felucca, felucca_move);
}

card_module(felucca, felucca_init);
