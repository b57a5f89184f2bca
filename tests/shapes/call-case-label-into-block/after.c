// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card asp;

static void asp_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
			       unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&asp);
		if (!dpage)
			continue;
		card_copy(&asp, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void asp_finalize_and_map(unsigned long start, unsigned long end)
{
	card_note(&asp, "pages", (end - start) >> PAGE_SHIFT);
}

static int asp_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	asp_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	asp_finalize_and_map(args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Two pages a turn, and the odd one first. */
static long asp_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret = -EINVAL;
	struct migrate_vma args = {
		.vma		= vma,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &asp,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	switch ((end - start) / PAGE_SIZE & 1) {
		do {
	case 0:
			args.start = start;
			args.end = start + PAGE_SIZE;
			ret = asp_migrate(&args);
			start += PAGE_SIZE;
			if (!ret)
				break;
			fallthrough;
	case 1:
			args.start = start;
			args.end = start + PAGE_SIZE;
			ret = asp_migrate(&args);
			start += PAGE_SIZE;
		} while (start < end && !ret);
	}
	return ret;
}

static const struct dev_pagemap_ops asp_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init asp_init(void)
{
	asp.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	asp.memory.pagemap.owner = &asp;
	asp.memory.pagemap.ops = &asp_pagemap_ops;
	return card_register(&asp, asp_move);
}

card_module(asp, asp_init);
