// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card raft;

static void raft_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
				unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;
		dpage = card_alloc(&raft);
		if (!dpage)
			continue;
		card_copy(&raft, dpage, migrate_pfn_to_page(src[i]));
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void raft_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end)
{
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++)
		card_note(&raft, "moved", !!(src[i] & MIGRATE_PFN_MIGRATE));
}

static long raft_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src[1] = { 0 }, dst[1] = { 0 };
	unsigned long addr;
	int ret = 0;

	for (addr = start & PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		struct migrate_vma args = {
			.vma		= vma,
			.start		= addr,
			.end		= addr + PAGE_SIZE,
			.src		= src,
			.dst		= dst,
			.pgmap_owner	= &raft,
			.flags		= MIGRATE_VMA_SELECT_SYSTEM,
		};

		ret = migrate_vma_setup(&args);
		if (ret)
			break;
		if (args.cpages) {
			raft_alloc_and_copy(args.src, args.dst, args.start, args.end);
			migrate_vma_pages(&args);
			raft_finalize_and_map(args.src, args.start, args.end);
			migrate_vma_finalize(&args);
		}
	}
	return ret;
}

static const struct dev_pagemap_ops raft_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init raft_init(void)
{
	raft.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	raft.memory.pagemap.owner = &raft;
	raft.memory.pagemap.ops = &raft_pagemap_ops;
	return card_register(&raft, raft_move);
}

card_module(raft, raft_init);
