// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "clipper.h"

struct card clipper;

long clipper_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct clipper_counts counts = { 0 };
	unsigned long src[8], dst[8];
	unsigned long limit = min(end, start + 8 * PAGE_SIZE);
	int ret;

	if (start & ~PAGE_MASK)
		return -EINVAL;

	ret = migrate_vma(&clipper_to_device_ops, vma, start, limit, src, dst, &counts);
	card_note(&clipper, "moved", counts.moved);
	return ret;
}

static const struct dev_pagemap_ops clipper_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init clipper_init(void)
{
	clipper.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	clipper.memory.pagemap.ops = &clipper_pagemap_ops;
	return card_register(&clipper, clipper_move);
}

card_module(clipper, clipper_init);
