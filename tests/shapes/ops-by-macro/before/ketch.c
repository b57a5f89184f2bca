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

static void ketch_load_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
		unsigned long *dst, unsigned long start, unsigned long end, void *private)
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

static void ketch_load_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
		const unsigned long *dst, unsigned long start, unsigned long end, void *private)
{
	card_note(&ketch, "pages", (end - start) >> PAGE_SHIFT);
}

DEFINE_KETCH_OPS(ketch_load);

static long ketch_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[CARD_PAGES], dst[CARD_PAGES];
	int ret;

	if (!PAGE_ALIGNED(start) || end - start > CARD_PAGES * PAGE_SIZE)
		return -EINVAL;
	KETCH_TRY(migrate_vma(&ketch_load_ops, vma, start, end, src, dst, NULL));
	card_note(&ketch, "done", 1);
out:
	return ret;
}

static void ketch_fetch_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
		unsigned long *dst, unsigned long start, unsigned long end, void *private)
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
		*dst = MIGRATE_PFN_ERROR;
		return;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void ketch_fetch_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
		const unsigned long *dst, unsigned long start, unsigned long end, void *private)
{
}

DEFINE_KETCH_OPS(ketch_fetch);

static vm_fault_t ketch_fault(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;

	if (migrate_vma(&ketch_fetch_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE,
			&src, &dst, card_of_page(vmf->page)))
		return VM_FAULT_SIGBUS;
	return (dst == MIGRATE_PFN_ERROR) ? VM_FAULT_SIGBUS : 0;
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
