// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card surrey;

/* Defined in a file of the driver that is not given. */
extern const struct migrate_vma_ops surrey_ops;

static long surrey_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;

	return migrate_vma(&surrey_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static const struct dev_pagemap_ops surrey_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init surrey_init(void)
{
	surrey.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	surrey.memory.pagemap.ops = &surrey_pagemap_ops;
	return card_register(&surrey, surrey_move);
}

card_module(surrey, surrey_init);
