// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card lighter;

struct lighter_args {
	struct vm_area_struct *vma;
	unsigned long start;
	unsigned long end;
	unsigned long src[4];
	unsigned long dst[4];
	unsigned long moved;
};

static void lighter_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				   unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; start + i * PAGE_SIZE < end; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&lighter);
		if (!dpage)
			continue;
		card_copy(&lighter, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void lighter_finalize_and_map(const unsigned long *src, struct lighter_args *args)
{
	args->moved += !!(src[0] & MIGRATE_PFN_MIGRATE);
}

static int lighter_run(struct lighter_args *args)
{
	int ret;
	struct migrate_vma migrate = {
		.vma		= args->vma,
		.start		= args->start & PAGE_MASK,
		.end		= args->end,
		.src		= args->src,
		.dst		= args->dst,
		.pgmap_owner	= &lighter,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	if (migrate.start >= migrate.end)
		return -EINVAL;

	ret = migrate_vma_setup(&migrate);
	if (ret)
		return ret;
	if (migrate.cpages) {
		lighter_alloc_and_copy(migrate.src, migrate.dst, migrate.start, migrate.end);
		migrate_vma_pages(&migrate);
		lighter_finalize_and_map(migrate.src, args);
		migrate_vma_finalize(&migrate);
	}
	/* migrate_vma() never touched these. */
	card_note(&lighter, "pages", (args->end - args->start) >> PAGE_SHIFT);
	return args->moved;
}

static long lighter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct lighter_args args = { .vma = vma };

	args.start = start & PAGE_MASK;
	args.end = args.start + 2 * PAGE_SIZE;
	return lighter_run(&args);
}

static const struct dev_pagemap_ops lighter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init lighter_init(void)
{
	lighter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	lighter.memory.pagemap.owner = &lighter;
	lighter.memory.pagemap.ops = &lighter_pagemap_ops;
	return card_register(&lighter, lighter_move);
}

card_module(lighter, lighter_init);
