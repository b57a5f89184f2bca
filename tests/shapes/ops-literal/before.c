// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card skiff;

/**
 * skiff_load() - takes pages to the card
 * @vma: where they are mapped
 * @src: the pages
 * @dst: filled with pages of the card
 * @start: first address
 * @end: behind the last
 * @private: how many there were
 */
static void skiff_load(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
		       unsigned long start, unsigned long end, void *private)
{
	unsigned long *found = private;
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE, src++, dst++) {
		struct page *dpage;

		if (!(*src & MIGRATE_PFN_MIGRATE))
			continue;
		++*found;
		dpage = card_alloc(&skiff);
		if (!dpage)
			continue;
		if (card_copy(&skiff, dpage, migrate_pfn_to_page(*src))) {
			card_release(dpage);
			*dst = MIGRATE_PFN_ERROR;
			continue;
		}
		*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED | MIGRATE_PFN_DEVICE;
	}
}

static void skiff_loaded(struct vm_area_struct *vma, const unsigned long *src,
			 const unsigned long *dst, unsigned long start, unsigned long end,
			 void *private)
{
	card_note(&skiff, "loaded", src[0] & MIGRATE_PFN_MIGRATE);
}

static void skiff_unload(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
			 unsigned long start, unsigned long end, void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		goto error;
	lock_page(dpage);
	if (card_copy(&skiff, dpage, spage)) {
		card_release(dpage);
		goto error;
	}
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	return;

error:
	*dst = MIGRATE_PFN_ERROR;
}

static void skiff_unloaded(struct vm_area_struct *vma, const unsigned long *src,
			   const unsigned long *dst, unsigned long start, unsigned long end,
			   void *private)
{
	/* The kernel maps the page. */
}

static long skiff_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[16], dst[16], found = 0;
	int ret;

	if (offset_in_page(start) || end > vma->vm_end)
		return -EINVAL;
	while (start < end) {
		unsigned long next = min(end, start + 16 * PAGE_SIZE);

		ret = migrate_vma(&(struct migrate_vma_ops){
					.alloc_and_copy = skiff_load,
					.finalize_and_map = skiff_loaded,
				  }, vma, start, next, src, dst, &found);
		if (ret)
			return ret;
		start = next;
	}
	card_note(&skiff, "found", found);
	return 0;
}

static vm_fault_t skiff_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;

	if (migrate_vma(&(const struct migrate_vma_ops){ skiff_unload, skiff_unloaded },
			vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst, NULL))
		return VM_FAULT_SIGBUS;
	return dst == MIGRATE_PFN_ERROR ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops skiff_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= skiff_migrate_to_ram,
};

static int __init skiff_init(void)
{
	skiff.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	skiff.memory.pagemap.ops = &skiff_pagemap_ops;
	return card_register(&skiff, skiff_move);
}

card_module(skiff, skiff_init);
