// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bison;

struct bison_part {
	struct list_head list;
	unsigned long start;
	int result;
};

static void bison_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bison);
		if (!dpage)
			continue;
		card_copy(&bison, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void bison_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bison, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int bison_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	bison_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	bison_finalize_and_map(args->src, args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}


static void bison_all(struct list_head *parts, struct vm_area_struct *vma)
{
	struct bison_part *part;
	unsigned long src[2], dst[2];

	list_for_each_entry(part, parts, list) {
		struct migrate_vma args = {
			.vma	= vma,
			.start	= part->start,
			.end	= part->start + PAGE_SIZE,
			.src	= src,
			.dst	= dst,
		};

		part->result = bison_migrate(&args);
	}
}

static long bison_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct bison_part first = { .start = start & PAGE_MASK, .result = 1 };
	struct bison_part second = { .start = first.start + PAGE_SIZE, .result = 1 };
	LIST_HEAD(parts);

	list_add_tail(&first.list, &parts);
	list_add_tail(&second.list, &parts);
	bison_all(&parts, vma);
	return first.result ? first.result : second.result;
}

static const struct dev_pagemap_ops bison_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bison_init(void)
{
	bison.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bison.memory.pagemap.ops = &bison_pagemap_ops;
	return card_register(&bison, bison_move);
}

card_module(bison, bison_init);
