// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>
#include <linux/module.h>

#include "card.h"

static struct card dunlin;

static void dunlin_load_alloc_and_copy(const unsigned long *src, unsigned long *dst,
				       unsigned long start, unsigned long end)
{
	card_fill(src, dst, (end - start) >> PAGE_SHIFT);
}

static void dunlin_load_finalize_and_map(const unsigned long *src)
{
	card_note(&dunlin, "came", !!(*src & MIGRATE_PFN_MIGRATE));
}

static int dunlin_load_migrate(struct migrate_vma *args)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	dunlin_load_alloc_and_copy(args->src, args->dst, args->start, args->end);
	migrate_vma_pages(args);
	dunlin_load_finalize_and_map(args->src);
	migrate_vma_finalize(args);
	return 0;
}

static void dunlin_store_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
					unsigned long *dst, unsigned long start, void *private)
{
	card_fill_back(vma, start, src, dst, private);
}

static void dunlin_store_finalize_and_map(const unsigned long *src)
{
	card_note(&dunlin, "went back", !!(*src & MIGRATE_PFN_MIGRATE));
}

static long dunlin_load(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= start,
		.end	= start + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	if (!PAGE_ALIGNED(start))
		return -EINVAL;

	return dunlin_load_migrate(&args);
}

static vm_fault_t dunlin_migrate_to_ram(struct vm_fault *vmf)
{
	unsigned long src = 0, dst = 0;
	int failed = 0;
	struct migrate_vma args = {
		.vma	= vmf->vma,
		.start	= vmf->address,
		.end	= vmf->address + PAGE_SIZE,
		.src	= &src,
		.dst	= &dst,
	};

	if (migrate_vma_setup(&args))
		return VM_FAULT_SIGBUS;
	if (args.cpages) {
		dunlin_store_alloc_and_copy(args.vma, args.src, args.dst, args.start, &failed);
		migrate_vma_pages(&args);
		dunlin_store_finalize_and_map(args.src);
		migrate_vma_finalize(&args);
	}
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops dunlin_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= dunlin_migrate_to_ram,
};

static int __init dunlin_init(void)
{
	dunlin.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	dunlin.memory.pagemap.ops = &dunlin_pagemap_ops;
	return card_register(&dunlin, dunlin_load);
}

card_module(dunlin, dunlin_init);
