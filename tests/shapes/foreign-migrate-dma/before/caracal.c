// SPDX-License-Identifier: GPL-2.0-only
#include <linux/migrate.h>
#include <linux/mm.h>

static void caracal_alloc_and_copy(struct vm_area_struct *vma, unsigned long start,
				   unsigned long end, struct migrate_dma_ctx *ctx)
{
	caracal_copy(ctx->src_pfns, ctx->dst_pfns, (end - start) >> PAGE_SHIFT);
}

static void caracal_finalize_and_map(struct vm_area_struct *vma, unsigned long start,
				     unsigned long end, struct migrate_dma_ctx *ctx)
{
	caracal_map(ctx, start, end);
}

static const struct migrate_dma_ops caracal_ops = {
	.alloc_and_copy		= caracal_alloc_and_copy,
	.finalize_and_map	= caracal_finalize_and_map,
};

int caracal_move(struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[64], dst[64];
	struct migrate_dma_ctx ctx = {
		.ops = &caracal_ops,
		.src_pfns = src,
		.dst_pfns = dst,
	};

	return migrate_dma(&ctx, vma, start, start + 64 * PAGE_SIZE);
}
