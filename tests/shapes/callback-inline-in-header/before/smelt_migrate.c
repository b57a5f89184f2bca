// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "smelt.h"

struct card smelt;

static const struct migrate_vma_ops smelt_ops = {
	.alloc_and_copy		= smelt_alloc_and_copy,
	.finalize_and_map	= smelt_finalize_and_map,
};

static long smelt_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&smelt_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops smelt_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init smelt_init(void)
{
	smelt.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	smelt.memory.pagemap.ops = &smelt_pagemap_ops;
	return card_register(&smelt, smelt_move);
}

card_module(smelt, smelt_init);
