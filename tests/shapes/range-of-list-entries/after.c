// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card fossa;

struct fossa_part {
	struct list_head list;
	unsigned long start;
	unsigned long npages;
};

static void fossa_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&fossa);
		if (!dpage)
			continue;
		card_copy(&fossa, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void fossa_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&fossa, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static int fossa_all(struct list_head *parts, struct vm_area_struct *vma)
{
	struct fossa_part *part;
	unsigned long src[2], dst[2];
	int ret;

	list_for_each_entry(part, parts, list) {
		unsigned long bytes = part->npages << PAGE_SHIFT;
		struct migrate_vma args = {
			.vma		= vma,
			.start		= part->start,
			.end		= part->start + bytes,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &fossa,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		if (args.start >= args.end)
			return -EINVAL;

		ret = migrate_vma_setup(&args);
		if (ret)
			return ret;
		if (args.cpages) {
			fossa_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			fossa_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	return 0;
}

static long fossa_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct fossa_part first = { .start = start & PAGE_MASK, .npages = 1 };
	struct fossa_part second = { .start = first.start + PAGE_SIZE, .npages = 2 };
	LIST_HEAD(parts);

	if (end - start < 3 * PAGE_SIZE)
		return -EINVAL;
	list_add_tail(&first.list, &parts);
	list_add_tail(&second.list, &parts);
	return fossa_all(&parts, vma);
}

static const struct dev_pagemap_ops fossa_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init fossa_init(void)
{
	fossa.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	fossa.memory.pagemap.owner = &fossa;
	fossa.memory.pagemap.ops = &fossa_pagemap_ops;
	return card_register(&fossa, fossa_move);
}

card_module(fossa, fossa_init);
