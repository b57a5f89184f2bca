// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

static void yawl_load(const unsigned long *src, unsigned long *dst, unsigned long start,
		      unsigned long end)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void yawl_loaded(unsigned long start, unsigned long end)
{
	card_note(&yawl, "loaded", (end - start) >> PAGE_SHIFT);
}

static void yawl_noted(unsigned long start, unsigned long end)
{
	card_note(&yawl, "noted", (end - start) >> PAGE_SHIFT);
}

static int yawl_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_load(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	yawl_loaded(args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static int yawl_noting_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	yawl_load(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	yawl_noted(args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

/* Small ranges are noted. */
static int (*yawl_ops_for(unsigned long npages))(struct migrate_vma *args, void *private);

static int (*yawl_ops_for(unsigned long npages))(struct migrate_vma *args, void *private)
{
	if (npages < 4)
		return yawl_noting_migrate;
	return yawl_migrate;
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES], npages = (end - start) >> PAGE_SHIFT;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= end,
		.src	= src,
		.dst	= dst,
	};

	if (!PAGE_ALIGNED(start) || npages > CARD_PAGES)
		return -EINVAL;
	return yawl_ops_for(npages)(&args, NULL);
}

static const struct dev_pagemap_ops yawl_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yawl_init(void)
{
	yawl.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yawl.memory.pagemap.ops = &yawl_pagemap_ops;
	return card_register(&yawl, yawl_move);
}

card_module(yawl, yawl_init);
