// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "bloater.h"

struct card bloater;

static long bloater_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &bloater,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = bloater_migrate(&args);
	if (ret)
		return ret;
	return 0;
}

static long bloater_move_all(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret = bloater_move(vma, start, end);

	if (!ret && end > start + 8 * PAGE_SIZE) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= (start + 6 * PAGE_SIZE) & PAGE_MASK,
			.end		= start + 8 * PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &bloater,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = bloater_migrate(&args);
	}
	return ret;
}

static const struct dev_pagemap_ops bloater_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bloater_init(void)
{
	bloater.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bloater.memory.pagemap.owner = &bloater;
	bloater.memory.pagemap.ops = &bloater_pagemap_ops;
	return card_register(&bloater, bloater_move_all);
}

card_module(bloater, bloater_init);
