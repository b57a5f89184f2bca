// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card cutter;

struct cutter_model {
	const char *name;
	struct migrate_vma_ops ops;
	unsigned long chunk;
};

static void cutter_small_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start,
					unsigned long end, void *private)
{
	struct card *card = private;
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(card);
	if (!dpage)
		return;
	card_copy(card, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void cutter_large_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start,
					unsigned long end, void *private)
{
	struct card *card = private;

	for (; start < end; start += PAGE_SIZE, src++, dst++) {
		struct page *dpage = NULL;

		if (*src & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(card);
		if (!dpage)
			continue;
		card_copy(card, dpage, migrate_pfn_to_page(*src));
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void cutter_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	struct card *card = private;

	card_note(card, "pages", (end - start) >> PAGE_SHIFT);
}

static const struct cutter_model cutter_models[] = {
	{
		.name = "small",
		.ops = {
			.alloc_and_copy		= cutter_small_alloc_and_copy,
			.finalize_and_map	= cutter_finalize_and_map,
		},
		.chunk = PAGE_SIZE,
	},
	{
		.name = "large",
		.ops = { cutter_large_alloc_and_copy, cutter_finalize_and_map },
		.chunk = 4 * PAGE_SIZE,
	},
};

static long cutter_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	const struct cutter_model *model = &cutter_models[end - start >= 4 * PAGE_SIZE];
	unsigned long src[4], dst[4];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	ret = migrate_vma(&model->ops, vma, addr, addr + model->chunk, src, dst, &cutter);
	return ret ? ret : model->chunk >> PAGE_SHIFT;
}

static const struct dev_pagemap_ops cutter_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init cutter_init(void)
{
	cutter.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	cutter.memory.pagemap.ops = &cutter_pagemap_ops;
	return card_register(&cutter, cutter_move);
}

card_module(cutter, cutter_init);
