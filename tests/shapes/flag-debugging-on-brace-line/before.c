// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gum;

static void gum_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			       unsigned long *dst, unsigned long start, unsigned long end,
			       void *private)
{pr_debug("%s: %#lx\n", __func__, start);
	if (*src & MIGRATE_PFN_MIGRATE) {struct page *dpage = card_alloc(&gum);
		if (!dpage)
			return;
		card_copy(&gum, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
		return;
		pr_debug("never here\n");
	}
}

static void gum_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				 const unsigned long *dst, unsigned long start, unsigned long end,
				 void *private)
{card_note(private, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
	return;
	pr_debug("nor here\n");
}

static const struct migrate_vma_ops gum_ops = {
	.alloc_and_copy		= gum_alloc_and_copy,
	.finalize_and_map	= gum_finalize_and_map,
};

static long gum_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{	unsigned long src, dst; int ret;

	ret = migrate_vma(&gum_ops, vma, start, start + PAGE_SIZE, &src, &dst, &gum); if (ret) return ret;
	return 0;
	pr_debug("nor here\n");
}

static const struct dev_pagemap_ops gum_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init gum_init(void)
{
	gum.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	gum.memory.pagemap.ops = &gum_pagemap_ops;
	return card_register(&gum, gum_move);
}

card_module(gum, gum_init);
