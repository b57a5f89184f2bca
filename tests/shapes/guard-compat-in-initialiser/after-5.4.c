// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card pine;

static void pine_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&pine);
		if (!dpage)
			continue;
		card_copy(&pine, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
	}
}

static void pine_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&pine, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long pine_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[2], dst[2];
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + 2 * PAGE_SIZE,
		.src	= src,
		.dst	= dst,
	};

	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		pine_alloc_and_copy(args.src, args.dst, args.start, args.end);
		migrate_vma_pages(&args);
		pine_finalize_and_map(args.src, args.start, args.end);
		migrate_vma_finalize(&args);
	}
	return 0;
}

const struct file_operations pine_file_operations = {
	.owner		= THIS_MODULE,
	.unlocked_ioctl	= card_ioctl,
#ifdef CONFIG_COMPAT
	.compat_ioctl	= card_ioctl,
#endif
};

static const struct dev_pagemap_ops pine_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init pine_init(void)
{
	pine.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	pine.memory.pagemap.ops = &pine_pagemap_ops;
	return card_register(&pine, pine_move);
}

card_module(pine, pine_init);
