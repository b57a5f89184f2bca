// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card linnet;
static char linnet_tag = 'l';

static void linnet_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start)
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

static void linnet_finalize_and_map(const unsigned long *src)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&linnet, "came back", linnet_tag);
}

static vm_fault_t linnet_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.src_owner	= &linnet_tag,
	};

	ret = migrate_vma_setup(&args);
	if (ret < 0)
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		linnet_alloc_and_copy(args.vma, args.src, args.dst, args.start);
		migrate_vma_pages(&args);
		linnet_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
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
