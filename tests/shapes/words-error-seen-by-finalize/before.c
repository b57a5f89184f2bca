// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bateau;

static void bateau_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&bateau);
	if (!dpage || card_copy(&bateau, dpage, migrate_pfn_to_page(*src))) {
		if (dpage)
			card_release(dpage);
		dst[0] = MIGRATE_PFN_ERROR;
	} else {
		dst[0] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bateau_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	if (dst[0] & MIGRATE_PFN_ERROR) {
		card_note(&bateau, "lost", 1);
		return;
	}
	card_note(&bateau, "moved", !!(src[0] & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bateau_ops = {
	.alloc_and_copy		= bateau_alloc_and_copy,
	.finalize_and_map	= bateau_finalize_and_map,
};

static long bateau_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&bateau_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops bateau_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bateau_init(void)
{
	bateau.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bateau.memory.pagemap.ops = &bateau_pagemap_ops;
	return card_register(&bateau, bateau_move);
}

card_module(bateau, bateau_init);
