// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "sprat.h"

struct card sprat;

static long sprat_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	int ret;

	ret = migrate_vma(&sprat_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static const struct dev_pagemap_ops sprat_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sprat_init(void)
{
	sprat.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sprat.memory.pagemap.ops = &sprat_pagemap_ops;
	return card_register(&sprat, sprat_move);
}

card_module(sprat, sprat_init);
