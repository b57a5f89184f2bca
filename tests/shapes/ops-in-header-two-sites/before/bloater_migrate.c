// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "bloater.h"

struct card bloater;

static long bloater_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&bloater_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static long bloater_move_all(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret = bloater_move(vma, start, end);

	if (!ret && end > start + 8 * PAGE_SIZE)
		ret = migrate_vma(&bloater_ops, vma, start + 6 * PAGE_SIZE, start + 8 * PAGE_SIZE, src,
				  dst, NULL);
	return ret;
}

static const struct dev_pagemap_ops bloater_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bloater_init(void)
{
	bloater.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bloater.memory.pagemap.ops = &bloater_pagemap_ops;
	return card_register(&bloater, bloater_move_all);
}

card_module(bloater, bloater_init);
