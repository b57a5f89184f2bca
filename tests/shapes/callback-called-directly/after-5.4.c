// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card zander;

static unsigned long zander_moved;

void zander_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
			   unsigned long start, unsigned long end, void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&zander);
	if (!dpage)
		return;
	card_copy(&zander, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void zander_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				    const unsigned long *dst, unsigned long start,
				    unsigned long end, void *private)
{
	unsigned long *moved = private;

	*moved += !!(*src & MIGRATE_PFN_MIGRATE);
}

/* For a range that was collected by somebody else. */
void zander_collected(struct vm_area_struct *vma, unsigned long addr, unsigned long src)
{
	unsigned long dst = 0;

	zander_alloc_and_copy(vma, &src, &dst, addr, addr + PAGE_SIZE, NULL);
	zander_finalize_and_map(vma, &src, &dst, addr, addr + PAGE_SIZE, &zander_moved);
}

static long zander_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	int ret;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	zander_collected(vma, start, 0);
	ret = migrate_vma_setup(&args);
	if (ret)
		return ret;
	if (args.cpages) {
		zander_alloc_and_copy(args.vma, args.src, args.dst, args.start, args.end,
				      &zander_moved);
		migrate_vma_pages(&args);
		zander_finalize_and_map(args.vma, args.src, args.dst, args.start, args.end,
					&zander_moved);
		migrate_vma_finalize(&args);
	}
	return zander_moved;
}

static const struct dev_pagemap_ops zander_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init zander_init(void)
{
	zander.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	zander.memory.pagemap.ops = &zander_pagemap_ops;
	return card_register(&zander, zander_move);
}

card_module(zander, zander_init);
