// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"
#include "ketch.h"

static struct card ketch;

#define KETCH_TRY(_call) do {						\
		ret = (_call);						\
		if (ret)						\
			goto out;					\
	} while (0)

static void ketch_load_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				      unsigned long start, unsigned long end)
{
	unsigned long i;

	for (i = 0; i < (end - start) >> PAGE_SHIFT; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&ketch);
		if (!dpage)
			continue;
		card_copy(&ketch, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void ketch_load_finalize_and_map(unsigned long start, unsigned long end)
{
	card_note(&ketch, "pages", (end - start) >> PAGE_SHIFT);
}

static int ketch_load_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ketch_load_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	ketch_load_finalize_and_map(args->start, args->end);
	migrate_vma_finalize(args);
	return 0;
}

static long ketch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= end,
		.src	= src,
		.dst	= dst,
	};

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	KETCH_TRY(ketch_load_migrate(&args));
	card_note(&ketch, "done", 1);
out:
	return ret;
}

static void ketch_fetch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, void *private,
				       bool *failed)
{
	struct page *spage = migrate_pfn_to_page(*src), *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	if (card_copy(private, dpage, spage)) {
		card_release(dpage);
		*dst = 0;
		*failed = true;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static int ketch_fetch_migrate(struct migrate_vma *args, void *private, bool *failed)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret)
		return ret;

	*failed = false;
	if (!args->cpages)
		return 0;

	ketch_fetch_alloc_and_copy(args->vma, args->src, args->dst, args->start, private, failed);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static vm_fault_t ketch_fault(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;
	bool failed = false;
	struct migrate_vma args = {
		.vma	= vmf->vma,
		.start	= vmf->address,
		.end	= vmf->address + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	if (ketch_fetch_migrate(&args, card_of_page(vmf->page), &failed))
		return VM_FAULT_SIGBUS;
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops ketch_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= ketch_fault,
};

static int __init ketch_init(void)
{
	ketch.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ketch.memory.pagemap.ops = &ketch_pagemap_ops;
	return card_register(&ketch, ketch_move);
}

card_module(ketch, ketch_init);
