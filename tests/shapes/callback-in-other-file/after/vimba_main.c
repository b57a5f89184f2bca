// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "vimba.h"

struct card vimba;

static long vimba_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[4], dst[4];
	struct vimba_move move = { 0 };
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + 4 * PAGE_SIZE,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &vimba,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		vimba_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		vimba_finalize_and_map(args.src, args.start, args.end, &move);
		migrate_vma_finalize(&args);
	}
	return move.pages;
}

static const struct dev_pagemap_ops vimba_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init vimba_init(void)
{
	vimba.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	vimba.memory.pagemap.owner = &vimba;
	vimba.memory.pagemap.ops = &vimba_pagemap_ops;
	return card_register(&vimba, vimba_move);
}

card_module(vimba, vimba_init);
