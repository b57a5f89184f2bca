// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card sloop;

struct sloop_model {
	const char *name;
	const struct migrate_vma_ops *migrate;
	unsigned long chunk;
};

static void sloop_small_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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

static void sloop_large_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
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

static void sloop_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				   const unsigned long *dst, unsigned long start,
				   unsigned long end, void *private)
{
	struct card *card = private;

	card_note(card, "pages", (end - start) >> PAGE_SHIFT);
}

static const struct migrate_vma_ops sloop_small_ops = {
	.alloc_and_copy		= sloop_small_alloc_and_copy,
	.finalize_and_map	= sloop_finalize_and_map,
};

static const struct migrate_vma_ops sloop_large_ops = {
	.alloc_and_copy		= sloop_large_alloc_and_copy,
	.finalize_and_map	= sloop_finalize_and_map,
};

static const struct sloop_model sloop_models[] = {
	{ .name = "small", .migrate = &sloop_small_ops, .chunk = PAGE_SIZE },
	{ "large", &sloop_large_ops, 4 * PAGE_SIZE },
};

static long sloop_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	const struct sloop_model *model = &sloop_models[end - start >= 4 * PAGE_SIZE];
	unsigned long src[4], dst[4];
	unsigned long addr = start & PAGE_MASK;
	int ret;

	ret = migrate_vma(model->migrate, vma, addr, addr + model->chunk, src, dst, &sloop);
	return ret ? ret : model->chunk >> PAGE_SHIFT;
}

static const struct dev_pagemap_ops sloop_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init sloop_init(void)
{
	sloop.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	sloop.memory.pagemap.ops = &sloop_pagemap_ops;
	return card_register(&sloop, sloop_move);
}

card_module(sloop, sloop_init);
