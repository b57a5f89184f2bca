// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

#include "ocx.h"

struct ocx_ctx ocx_ctx;

static int ocx_hook(struct ocx_ctx *ctx, unsigned long npages)
{
	card_note(&ctx->card, "hook", npages);
	return 0;
}

struct ocx_range {
	u64 ea;
	u64 size;
	unsigned int flags;
};

static int ocx_migrate_chunk(struct vm_area_struct *vma, const struct ocx_range *range, u64 *done)
{
	unsigned long src[8] = { 0 }, dst[8] = { 0 };
	u64 left = range->size - *done;
	u64 bytes = min_t(u64, left, 8 * PAGE_SIZE);
	int rc, i, lost = 0;
	struct migrate_vma args = {
		.vma	= vma,
		.start	= (range->ea + *done) & PAGE_MASK,
		.end	= range->ea + *done + bytes,
		.src	= src,
		.dst	= dst,
	};

	rc = ocx_migrate(&args, (void *)(uintptr_t)range->flags);
	if (rc < 0) {
		pr_err("cannot migrate %llx: %d\n", range->ea, rc);
		return rc;
	}
	for (i = 0; i < bytes >> PAGE_SHIFT; i++)
		if (dst[i] & OCX_PFN_ERROR)
			lost++;
	*done += bytes;
	return lost;
}

static int ocx_pull_page(struct vm_area_struct *vma, unsigned long addr, int *failed);

static long ocx_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	struct ocx_range range = {
		.ea = start & PAGE_MASK,
		.size = (end - start) & PAGE_MASK,
		.flags = end - start > 3 * PAGE_SIZE ? OCX_FLAG_SYNC : OCX_FLAG_QUIET,
	};
	u64 done = 0;
	int rc, lost = 0;

	if (!range.size)
		return -EINVAL;
	do {
		rc = ocx_migrate_chunk(vma, &range, &done);
		if (rc < 0)
			return rc;
		lost += rc;
	} while (done < range.size);
	card_note(&ocx_ctx.card, "moved", atomic_read(&ocx_ctx.moved));
	return lost;
}

static void ocx_pull_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				    unsigned long *dst, unsigned long start, void *private)
{
	card_fill_back(vma, start, src, dst, private);
}

static int ocx_pull_page_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ocx_pull_alloc_and_copy(args->vma, args->src, args->dst, args->start, private);
	migrate_vma_pages(args);
	migrate_vma_finalize(args);
	return 0;
}

static int ocx_pull_page(struct vm_area_struct *vma, unsigned long addr, int *failed)
{
	unsigned long src = 0;
	unsigned long dst = 0;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.src_owner	= &ocx_ctx,
	};

	return ocx_pull_page_migrate(&args, failed);
}

static vm_fault_t ocx_fault(struct vm_fault *vmf)
{
	int failed = 0;

	if (ocx_pull_page(vmf->vma, vmf->address, &failed))
		return VM_FAULT_SIGBUS;
	return failed ? VM_FAULT_SIGBUS : 0;
}

static const struct dev_pagemap_ops ocx_pagemap_ops = {
	DEVICE_MEMORY_FREE,
	.migrate_to_ram		= ocx_fault,
};

static int __init ocx_init(void)
{
	ocx_ctx.hook = ocx_hook;
	ocx_ctx.card.memory.pagemap.type = MEMORY_DEVICE_PRIVATE;
	ocx_ctx.card.memory.pagemap.owner = &ocx_ctx;
	ocx_ctx.card.memory.pagemap.ops = &ocx_pagemap_ops;
	return card_register(&ocx_ctx.card, ocx_move);
}

card_module(ocx_ctx.card, ocx_init);
