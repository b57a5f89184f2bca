// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card linnet;
static char linnet_tag = 'l';

static void linnet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!spage || !(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
	if (!dpage)
		return;
	lock_page(dpage);
	card_copy(&linnet, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void linnet_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&linnet, "came back", linnet_tag);
}

static const struct migrate_vma_ops linnet_ops = {
	.alloc_and_copy		= linnet_alloc_and_copy,
	.finalize_and_map	= linnet_finalize_and_map,
};

static vm_fault_t linnet_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int ret;

	ret = migrate_vma(&linnet_ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			  NULL);
	if (ret < 0)
		return VM_FAULT_SIGBUS;
	return 0;
}

static const struct dev_pagemap_ops linnet_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= linnet_migrate_to_ram,
};

static int __init linnet_init(void)
{
	linnet.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
#if LINUX_VERSION_CODE >= KERNEL_VERSION(5, 7, 0)
	linnet.memory.pagemap.owner = &linnet_tag;
#endif
	linnet.memory.pagemap.ops = &linnet_pagemap_ops;
	return card_register(&linnet, card_to_device);
}

card_module(linnet, linnet_init);
