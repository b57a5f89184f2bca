// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card gum;

static void gum_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start)
{pr_debug("%s: %#lx\n", __func__, start);
	if (*src & MIGRATE_PFN_MIGRATE) {struct page *dpage = card_alloc(&gum);
		if (!dpage)
			return;
		card_copy(&gum, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
		return;
		pr_debug("never here\n");
	}
}

static void gum_finalize_and_map(const unsigned long *src, void *private)
{card_note(private, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
	return;
	pr_debug("nor here\n");
}

static long gum_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{	unsigned long src, dst; int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &gum,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args); if (ret) return ret;
	if (args.cpages) {
		gum_alloc_and_copy(args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		gum_finalize_and_map(args.src, &gum);
		migrate_vma_finalize(&args);
	}
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
	gum.memory.pagemap.owner = &gum;
	gum.memory.pagemap.ops = &gum_pagemap_ops;
	return card_register(&gum, gum_move);
}

card_module(gum, gum_init);
