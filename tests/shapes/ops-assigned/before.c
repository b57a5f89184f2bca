// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dunlin;
static struct migrate_vma_ops dunlin_load_ops;

static void dunlin_load_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				       unsigned long *dst, unsigned long start, unsigned long end,
				       void *private)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void dunlin_load_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					 const unsigned long *dst, unsigned long start,
					 unsigned long end, void *private)
{
	card_note(&dunlin, "came", !!(*src & MIGRATE_PFN_MIGRATE));
}

static void dunlin_store_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, unsigned long end,
					void *private)
{
	card_fill_back(vma, start, src, dst, private);
}

static void dunlin_store_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
					  const unsigned long *dst, unsigned long start,
					  unsigned long end, void *private)
{
	card_note(&dunlin, "went back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long dunlin_load(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;

	if (!PAGE_ALIGNED(start))
		return -EINVAL;

	return migrate_vma(&dunlin_load_ops, vma, start, start + PAGE_SIZE, &src, &dst, NULL);
}

static vm_fault_t dunlin_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int failed = 0;
	struct migrate_vma_ops ops = { };

	ops.alloc_and_copy = dunlin_store_alloc_and_copy;
	ops.finalize_and_map = &dunlin_store_finalize_and_map;
	if (migrate_vma(&ops, vmf->vma, vmf->address, vmf->address + PAGE_SIZE, &src, &dst,
			&failed))
		return VM_FAULT_SIGBUS;
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops dunlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= dunlin_migrate_to_ram,
};

static int __init dunlin_init(void)
{
	dunlin_load_ops.alloc_and_copy = dunlin_load_alloc_and_copy;
	dunlin_load_ops.finalize_and_map = dunlin_load_finalize_and_map;

	dunlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dunlin.memory.pagemap.ops = &dunlin_pagemap_ops;
	return card_register(&dunlin, dunlin_load);
}

card_module(dunlin, dunlin_init);
