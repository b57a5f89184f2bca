// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cutter;

struct cutter_model {
	const char *name;
	int (*ops)(struct migrate_vma *args, void *private);
	unsigned long chunk;
};

static void cutter_small_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					struct card *card)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void cutter_large_alloc_and_copy(const unsigned long *src, unsigned long *dst,
					unsigned long start, unsigned long end, struct card *card)
{
	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage));
	}
}

static void cutter_finalize_and_map(unsigned long start, unsigned long end, struct card *card)
{
	card_note(card, "pages", (end - start) >> PAGE_SHIFT);
}

static int cutter_small_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	cutter_small_alloc_and_copy(args->src, args->dst, private);
	migrate_vma_pages(args);
	cutter_finalize_and_map(args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static int cutter_large_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	cutter_large_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	cutter_finalize_and_map(args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static const struct cutter_model cutter_models[] = {
	{
		.name = "small",
		.ops = cutter_small_migrate,
		.chunk = PAGE_SIZE,
	},
	{
		.name = "large",
		.ops = cutter_large_migrate,
		.chunk = 4 * PAGE_SIZE,
	},
};

static long cutter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	const struct cutter_model *model = &cutter_models[end - start >= 4 * PAGE_SIZE];
	unsigned long src[4], dst[4];
	unsigned long addr = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + model->chunk,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &cutter,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = model->ops(&args, &cutter);
	return ret ? ret : model->chunk >> PAGE_SHIFT;
}

static const struct dev_pagemap_ops cutter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cutter_init(void)
{
	cutter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cutter.memory.pagemap.owner = &cutter;
	cutter.memory.pagemap.ops = &cutter_pagemap_ops;
	return card_register(&cutter, cutter_move);
}

card_module(cutter, cutter_init);
