// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card yawl;

struct yawl_request {
	bool clear;
	unsigned long moved;
};

static void yawl_copy_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start,
				     unsigned long end, void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&yawl);
	if (!dpage)
		return;
	card_copy(&yawl, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

/* The program said that it does not need the contents. */
static void yawl_clear_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start,
				      unsigned long end, void *private)
{
	struct page *dpage;

	if (!(*src & MIGRATE_PFN_MIGRATE))
		return;
	dpage = card_alloc(&yawl);
	if (!dpage)
		return;
	card_copy(&yawl, dpage, NULL);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void yawl_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	struct yawl_request *request = private;

	if (*src & MIGRATE_PFN_MIGRATE)
		request->moved++;
}

static const struct migrate_vma_ops yawl_copy_ops = {
	.alloc_and_copy		= yawl_copy_alloc_and_copy,
	.finalize_and_map	= yawl_finalize_and_map,
};

static const struct migrate_vma_ops yawl_clear_ops = {
	.alloc_and_copy		= yawl_clear_alloc_and_copy,
	.finalize_and_map	= yawl_finalize_and_map,
};

static int yawl_move_page(struct vm_area_struct *vma, unsigned long addr,
			  struct yawl_request *request)
{
	const struct migrate_vma_ops *ops;
	unsigned long src = 0, dst = 0;

	if (request->clear)
		ops = &yawl_clear_ops;
	else
		ops = &yawl_copy_ops;
	return migrate_vma(ops, vma, addr, addr + PAGE_SIZE, &src, &dst, request);
}

static long yawl_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct yawl_request request = { .clear = end - start > PAGE_SIZE };
	int ret;

	ret = yawl_move_page(vma, start, &request);
	card_note(&yawl, "moved", request.moved);
	return ret;
}

static const struct dev_pagemap_ops yawl_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init yawl_init(void)
{
	yawl.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	yawl.memory.pagemap.ops = &yawl_pagemap_ops;
	return card_register(&yawl, yawl_move);
}

card_module(yawl, yawl_init);
