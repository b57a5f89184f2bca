// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sloop;

struct sloop_model {
	const char *name;
	int (*migrate)(struct migrate_vma *args, void *private);
	unsigned long chunk;
};

static void sloop_small_alloc_and_copy(const unsigned long *src, unsigned long *dst,
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

static void sloop_large_alloc_and_copy(const unsigned long *src, unsigned long *dst,
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

static void sloop_finalize_and_map(unsigned long start, unsigned long end, struct card *card)
{
	card_note(card, "pages", (end - start) >> PAGE_SHIFT);
}

static int sloop_small_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	sloop_small_alloc_and_copy(args->src, args->dst, private);
	migrate_vma_pages(args);
	sloop_finalize_and_map(args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static int sloop_large_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	if (args->start >= args->end)
		return -EINVAL;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	sloop_large_alloc_and_copy(args->src, args->dst, args->start, args->end, private);
	migrate_vma_pages(args);
	sloop_finalize_and_map(args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}

static const struct sloop_model sloop_models[] = {
	{ .name = "small", .migrate = sloop_small_migrate, .chunk = PAGE_SIZE },
	{ "large", sloop_large_migrate, 4 * PAGE_SIZE },
};

static long sloop_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	const struct sloop_model *model = &sloop_models[end - start >= 4 * PAGE_SIZE];
	unsigned long src[4], dst[4];
	unsigned long addr = start & PAGE_MASK;
	int ret;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + model->chunk,
		.src		= src,
		.dst		= dst,
		.pgmap_owner	= &sloop,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	ret = model->migrate(&args, &sloop);
	return ret ? ret : model->chunk >> PAGE_SHIFT;
}

static const struct dev_pagemap_ops sloop_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sloop_init(void)
{
	sloop.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sloop.memory.pagemap.owner = &sloop;
	sloop.memory.pagemap.ops = &sloop_pagemap_ops;
	return card_register(&sloop, sloop_move);
}

card_module(sloop, sloop_init);
