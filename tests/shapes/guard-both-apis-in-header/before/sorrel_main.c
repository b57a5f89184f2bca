// SPDX-License-Identifier: GPL-2.0-only
#include <linux/mm.h>
#include <linux/module.h>

#include "sorrel.h"

struct card sorrel;

int sorrel_migrate(struct migrate_vma *args)
{
	int ret;
#if !defined(CONFIG_MIGRATE_VMA_HELPER)
	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;
	sorrel_fill(args->src, args->dst, args->npages);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
#else
	static const struct migrate_vma_ops ops = {
		.alloc_and_copy		= sorrel_alloc_and_copy,
		.finalize_and_map	= sorrel_finalize_and_map,
	};

	ret = migrate_vma(&ops, args->vma, args->start, args->end, args->src, args->dst, NULL);
#endif
	return ret;
}

static long sorrel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	return sorrel_migrate(&args);
}

static const struct dev_pagemap_ops sorrel_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sorrel_init(void)
{
	sorrel.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sorrel.memory.pagemap.ops = &sorrel_pagemap_ops;
	return card_register(&sorrel, sorrel_move);
}

card_module(sorrel, sorrel_init);
