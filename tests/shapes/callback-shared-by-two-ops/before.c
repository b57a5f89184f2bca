// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dace;

static unsigned long dace_done;

static void dace_copy_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				     unsigned long *dst, unsigned long start, unsigned long end,
				     void *private)
{
	struct page *dpage = NULL;

	if (*src & MIGRATE_PFN_MIGRATE)
		dpage = card_alloc(&dace);
	if (!dpage)
		return;
	card_copy(&dace, dpage, migrate_pfn_to_page(*src));
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void dace_clear_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				      unsigned long *dst, unsigned long start, unsigned long end,
				      void *private)
{
	bool *really = private;
	struct page *dpage = NULL;

	if (*really && (*src & MIGRATE_PFN_MIGRATE))
		dpage = card_alloc(&dace);
	if (!dpage)
		return;
	card_copy(&dace, dpage, NULL);
	*dst = migrate_pfn(page_to_pfn(dpage)) | MIGRATE_PFN_LOCKED;
}

static void dace_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start, unsigned long end,
				  void *private)
{
	dace_done += !!(*src & MIGRATE_PFN_MIGRATE);
}

static const struct migrate_vma_ops dace_copy_ops = {
	.alloc_and_copy		= dace_copy_alloc_and_copy,
	.finalize_and_map	= dace_finalize_and_map,
};

static const struct migrate_vma_ops dace_clear_ops = {
	.alloc_and_copy		= dace_clear_alloc_and_copy,
	.finalize_and_map	= dace_finalize_and_map,
};

static long dace_copy(struct vm_area_struct *vma, unsigned long addr)
{
	unsigned long src, dst;
	int ret;

	ret = migrate_vma(&dace_copy_ops, vma, addr, addr + PAGE_SIZE, &src, &dst, NULL);
	if (ret)
		return ret;
	return 0;
}

static long dace_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	bool really = start == (start & PAGE_MASK);
	unsigned long src, dst;
	int ret;

	if (end - start == PAGE_SIZE)
		return dace_copy(vma, start);
	ret = migrate_vma(&dace_clear_ops, vma, start, start + PAGE_SIZE, &src, &dst, &really);
	if (ret)
		return ret;
	return dace_done;
}

static const struct dev_pagemap_ops dace_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= card_migrate_to_ram,
};

static int __init dace_init(void)
{
	dace.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dace.memory.pagemap.ops = &dace_pagemap_ops;
	return card_register(&dace, dace_move);
}

card_module(dace, dace_init);
