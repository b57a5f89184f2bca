// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "smelt.h"

struct card smelt;

static long smelt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &smelt,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		smelt_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		smelt_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops smelt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init smelt_init(void)
{
	smelt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	smelt.memory.pagemap.owner = &smelt;
	smelt.memory.pagemap.ops = &smelt_pagemap_ops;
	return card_register(&smelt, smelt_move);
}

card_module(smelt, smelt_init);
