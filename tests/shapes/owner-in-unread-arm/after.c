// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card linnet;

static void linnet_alloc_and_copy(const unsigned long *src, unsigned long *dst)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&linnet);
	if (!dpage)
		return;
	card_copy(&linnet, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void linnet_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&linnet, "moved", 1);
}

static int linnet_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	linnet_alloc_and_copy(args->src, args->dst);
	migrate_vma_pages(args);
	linnet_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long linnet_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma	= vma,
		.src	= &src,
		.dst	= &dst,
		.flags	= MIGRATE_VMA_SELECT_SYSTEM,
	};

	start &= PAGE_MASK;
	args.start = start;
	args.end = start + PAGE_SIZE;
	return linnet_migrate(&args);
}

static const struct dev_pagemap_ops linnet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init linnet_init(void)
{
#ifdef CONFIG_X86
	linnet.memory.pagemap.ops = &linnet_pagemap_ops;
#else
	linnet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
#endif
	linnet.memory.pagemap.ops = &linnet_pagemap_ops;
	return card_register(&linnet, linnet_move);
}

card_module(linnet, linnet_init);
