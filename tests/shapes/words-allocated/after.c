// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card bangka;

static void bangka_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				  unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&bangka);
		if (!dpage)
			continue;
		card_copy(&bangka, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void bangka_finalize_and_map(const unsigned long *src, unsigned long start,
				    unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&bangka, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long bangka_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long npages = (PAGE_ALIGN(end) - (start & PAGE_MASK)) >> PAGE_SHIFT;
	unsigned long *src, *dst = NULL;
	int ret = -ENOMEM;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start & PAGE_MASK,
		.end		= end,
		.pgmap_owner	= &bangka,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	src = kzalloc(npages * sizeof(*src), GFP_KERNEL);
	if (!src)
		goto out;
	dst = kzalloc(npages * sizeof(*dst), GFP_KERNEL);
	if (!dst)
		goto out;
	args.src = src;
	args.dst = dst;
	ret = args.start < args.end ? migrate_vma_setup(&args) : -EINVAL;
	if (ret)
		goto out;
	if (args.cpages) {
		bangka_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		bangka_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	card_note(&bangka, "pages", npages);
out:
	kfree(dst);
	kfree(src);
	return ret;
}

static const struct dev_pagemap_ops bangka_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init bangka_init(void)
{
	bangka.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	bangka.memory.pagemap.owner = &bangka;
	bangka.memory.pagemap.ops = &bangka_pagemap_ops;
	return card_register(&bangka, bangka_move);
}

card_module(bangka, bangka_init);
