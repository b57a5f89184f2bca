// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card knot;

struct knot_one {
	unsigned int kind;
	unsigned long addr;
};

struct knot_many {
	unsigned int kind;
	unsigned long count;
};

/* What it is stands in the first word. */
static void knot_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end, void *private)
{
	struct knot_one *one = private;
	struct knot_many *many = private;

	if (one->kind == 1)
		one->addr = start;
	else
		many->count += (end - start) >> PAGE_SHIFT;
	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&knot);
		if (!dpage)
			continue;
		card_copy(&knot, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void knot_finalize_and_map(const unsigned long *src)
{
	card_note(&knot, "moved", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int knot_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	knot_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	knot_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static long knot_move_one(struct vm_area_struct *vma, unsigned long addr)
{
	struct knot_one one = { .kind = 1 };
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= addr,
		.end	= addr + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	ret = knot_migrate(&args, &one);
	return ret ? ret : one.addr == addr;
}

static long knot_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct knot_many many = { .kind = 2 };
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	if (end - start == PAGE_SIZE)
		return knot_move_one(vma, start);
	ret = knot_migrate(&args, &many);
	return ret ? ret : many.count;
}

static const struct dev_pagemap_ops knot_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init knot_init(void)
{
	knot.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	knot.memory.pagemap.ops = &knot_pagemap_ops;
	return card_register(&knot, knot_move);
}

card_module(knot, knot_init);
