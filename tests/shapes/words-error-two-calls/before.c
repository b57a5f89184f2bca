// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bugeye;

static void bugeye_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&bugeye);
	if (!dpage || card_copy(&bugeye, dpage, migrate_pfn_to_page(*src))) {
		if (dpage)
			card_release(dpage);
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void bugeye_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	card_note(&bugeye, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static const struct migrate_vma_ops bugeye_ops = {
	.alloc_and_copy		= bugeye_alloc_and_copy,
	.finalize_and_map	= bugeye_finalize_and_map,
};

/* The second try is a fresh start, in the same dst. */
static long bugeye_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst = 0;
	int ret;

	ret = migrate_vma(&bugeye_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (!ret && dst == MIGRATE_PFN_ERROR)
		ret = migrate_vma(&bugeye_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return dst == MIGRATE_PFN_ERROR ? -EIO : 0;
}

static const struct dev_pagemap_ops bugeye_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bugeye_init(void)
{
	bugeye.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bugeye.memory.pagemap.ops = &bugeye_pagemap_ops;
	return card_register(&bugeye, bugeye_move);
}

card_module(bugeye, bugeye_init);
