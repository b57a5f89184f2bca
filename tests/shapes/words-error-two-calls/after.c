// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bugeye;

static void bugeye_alloc_and_copy(const unsigned long *src, unsigned long *dst, bool *failed)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&bugeye);
	if (!dpage || card_copy(&bugeye, dpage, migrate_pfn_to_page(*src))) {
		if (dpage)
			card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void bugeye_finalize_and_map(const unsigned long *src)
{
	card_note(&bugeye, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int bugeye_migrate(struct migrate_vma *args, bool *failed)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret)
		return ret;

	*failed = false;
	if (!args->cpages)
		return 0;

	bugeye_alloc_and_copy(args->src, args->dst, failed);
	migrate_vma_pages(args);
	bugeye_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

/* The second try is a fresh start, in the same dst. */
static long bugeye_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst = 0;
	bool failed = false;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &bugeye,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = bugeye_migrate(&args, &failed);
	if (!ret && failed)
		ret = bugeye_migrate(&args, &failed);
	if (ret)
		return ret;
	return failed ? -EIO : 0;
}

static const struct dev_pagemap_ops bugeye_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bugeye_init(void)
{
	bugeye.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bugeye.memory.pagemap.owner = &bugeye;
	bugeye.memory.pagemap.ops = &bugeye_pagemap_ops;
	return card_register(&bugeye, bugeye_move);
}

card_module(bugeye, bugeye_init);
