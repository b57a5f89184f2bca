// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card barge;

static void barge_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				 unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&barge);
		if (!dpage)
			continue;
		card_copy(&barge, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

void barge_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			    const unsigned long *dst, unsigned long start, unsigned long end,
			    void *private)
{
	card_note(&barge, "landed", 1);
}

static long barge_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long npages = (end - start) >> PAGE_SHIFT;
	unsigned long *pfns;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
	};

	if (!npages || npages > CARD_PAGES)
		return -EINVAL;
	start &= PAGE_MASK;
	end &= PAGE_MASK;

	pfns = kcalloc(2 * npages, sizeof(*pfns), GFP_KERNEL);
	if (!pfns)
		return -ENOMEM;

	args.start = start;
	args.end = end;
	args.src = pfns;
	args.dst = pfns + npages;
	ret = migrate_vma_setup(&args);
	if (ret)
		goto out;
	if (args.cpages) {
		barge_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		barge_finalize_and_map(args.vma, args.src, args.dst, args.start, args.end, NULL);
		migrate_vma_finalize(&args);
	}
	card_note(&barge, "pages", npages);
out:
	kfree(pfns);
	return ret;
}

static const struct dev_pagemap_ops barge_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init barge_init(void)
{
	barge.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	barge.memory.pagemap.ops = &barge_pagemap_ops;
	return card_register(&barge, barge_move);
}

card_module(barge, barge_init);
