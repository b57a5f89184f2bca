// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "vimba.h"

struct card vimba;

static const struct migrate_vma_ops vimba_ops = {
	.alloc_and_copy		= vimba_alloc_and_copy,
	.finalize_and_map	= vimba_finalize_and_map,
};

static long vimba_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct vimba_move move = { 0 };
	int ret;

	ret = migrate_vma(&vimba_ops, vma, start, start + 4 * PAGE_SIZE, src, dst, &move);
	if (ret)
		return ret;
	return move.pages;
}

static const struct dev_pagemap_ops vimba_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init vimba_init(void)
{
	vimba.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	vimba.memory.pagemap.ops = &vimba_pagemap_ops;
	return card_register(&vimba, vimba_move);
}

card_module(vimba, vimba_init);
