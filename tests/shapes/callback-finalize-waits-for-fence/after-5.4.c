// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card ling;

struct ling_fence {
	bool armed;
	bool signalled;
};

struct ling_transfer {
	struct ling_fence *fence;
	unsigned long *pages;
	unsigned long nr;
};

static struct ling_fence *ling_emit(struct ling_transfer *transfer)
{
	struct ling_fence *fence = kzalloc(sizeof(*fence), GFP_KERNEL);

	if (fence)
		fence->armed = true;
	card_note(&ling, "emitted", transfer->nr);
	return fence;
}

static void ling_wait(struct ling_fence **fence)
{
	if (*fence) {
		(*fence)->signalled = true;
		card_note(&ling, "waited", (*fence)->armed);
	}
	kfree(*fence);
	*fence = NULL;
}

static void ling_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end, struct ling_transfer *transfer)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	transfer->pages = kcalloc(npages, sizeof(*transfer->pages), GFP_KERNEL);
	if (!transfer->pages)
		return;
	for (i = 0; i < npages; i++) {
		struct page *dpage = NULL;

		if (src[i] & MIGRATE_PFN_MIGRATE)
			dpage = card_alloc(&ling);
		if (!dpage)
			continue;
		card_copy(&ling, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
		transfer->pages[transfer->nr++] = page_to_pfn(dpage);
	}
	transfer->fence = ling_emit(transfer);
}

static void ling_finalize_and_map(struct ling_transfer *transfer)
{
	ling_wait(&transfer->fence);
	while (transfer->nr--)
		card_note(&ling, "unmapped", transfer->nr);
	kfree(transfer->pages);
}

static long ling_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ling_transfer transfer = { 0 };
	unsigned long src[4], dst[4];
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 4 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	if (migrate_vma_setup(&args))
		return -EINVAL;
	if (args.cpages) {
		ling_alloc_and_copy(args.src, args.dst, args.start, args.end, &transfer);
		migrate_vma_pages(&args);
		ling_finalize_and_map(&transfer);
		migrate_vma_finalize(&args);
	}
	return transfer.fence ? -EBUSY : 0;
}

static const struct dev_pagemap_ops ling_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init ling_init(void)
{
	ling.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ling.memory.pagemap.ops = &ling_pagemap_ops;
	return card_register(&ling, ling_move);
}

card_module(ling, ling_init);
