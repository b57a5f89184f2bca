// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "sprat.h"

struct card sprat;

static long sprat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &sprat,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		sprat_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		sprat_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return 0;
}

static const struct dev_pagemap_ops sprat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sprat_init(void)
{
	sprat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sprat.memory.pagemap.owner = &sprat;
	sprat.memory.pagemap.ops = &sprat_pagemap_ops;
	return card_register(&sprat, sprat_move);
}

card_module(sprat, sprat_init);
