// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card plover;

/* Without a device it is a CPU fault. */
static void plover_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				  unsigned long *dst, unsigned long start, struct card *card)
{
	struct page *spage = migrate_pfn_to_page(*src);
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	if (card) {
		dpage = card_alloc(card);
		if (!dpage)
			return;
	} else {
		if (!spage)
			return;
		dpage = alloc_page_vma(GFP_HIGHUSER_MOVABLE, vma, start);
		if (!dpage)
			return;
		lock_page(dpage);
	}
	card_copy(&plover, dpage, spage);
	*dst = migrate_pfn(page_to_pfn(dpage));
}

static void plover_finalize_and_map(const unsigned long *src, void *private)
{
	if (*src & MIGRATE_PFN_MIGRATE)
		card_note(&plover, private ? "went" : "came", 1);
}

static int plover_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	plover_alloc_and_copy(args->vma, args->src, args->dst, args->start, private);
	migrate_vma_pages(args);
	plover_finalize_and_map(args->src, private);
	migrate_vma_finalize(args);
	return 0;
}

static long plover_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src, dst;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= start,
		.end		= start + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &plover,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM | MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
	};

	return plover_migrate(&args, &plover);
}

static vm_fault_t plover_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src, dst = 0;
	int ret;
	struct migrate_vma args = {
		.vma		= vmf->vma,
		.start		= vmf->address,
		.end		= vmf->address + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &plover,
		.flags		= MIGRATE_VMA_SELECT_DEVICE_PRIVATE,
		.fault_page	= vmf->page,
	};

	ret = plover_migrate(&args, NULL);
	return ret ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops plover_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= plover_migrate_to_ram,
};

static int __init plover_init(void)
{
	plover.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	plover.memory.pagemap.owner = &plover;
	plover.memory.pagemap.ops = &plover_pagemap_ops;
	return card_register(&plover, plover_move);
}

card_module(plover, plover_init);
