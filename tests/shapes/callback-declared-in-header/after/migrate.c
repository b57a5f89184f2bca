// SPDX-License-Identifier: GPL-2.0-only
#include "ocx.h"

/**
 * ocx_alloc_and_copy() - fill the card
 * @src: pages as they are
 * @dst: pages as they are to be
 * @start: first byte
 * @end: last byte plus one
 * @private: flags
 */
static void ocx_alloc_and_copy(const unsigned long *src, unsigned long *dst,
			       unsigned long start, unsigned long end,
			       void *private)
{
	unsigned int flags = (uintptr_t)private;
	unsigned long i, npages = (end - start) >> PAGE_SHIFT;

	for (i = 0; i < npages; i++) {
		struct page *dpage;

		if (!(src[i] & MIGRATE_PFN_MIGRATE))
			continue;

		switch (flags & OCX_FLAG_SYNC) {
		case OCX_FLAG_SYNC:
			if (ocx_ctx.card.fail) {
				ocx_ctx.card.fail = 0;
				return;
			}
			/* fall through */
		default:
			dpage = card_alloc(&ocx_ctx.card);
			if (!dpage)
				return;
			break;
		}

		if (card_copy(&ocx_ctx.card, dpage, migrate_pfn_to_page(src[i]))) {
			card_release(dpage);
			dst[i] = OCX_PFN_ERROR;
			atomic_inc(&ocx_ctx.lost);
			continue;
		}
		dst[i] = migrate_pfn(page_to_pfn(dpage));
	}
}

static void ocx_finalize_and_map(const unsigned long *src, unsigned long start,
				 unsigned long end, void *private)
{
	unsigned long addr;
	long n = 0;

	for (addr = start; addr != end; addr += PAGE_SIZE)
		if (src[(addr - start) >> PAGE_SHIFT] & MIGRATE_PFN_MIGRATE)
			n++;
	atomic_add(n, &ocx_ctx.moved);
	if (!((uintptr_t)private & OCX_FLAG_QUIET) && ocx_ctx.hook)
		ocx_ctx.hook(&ocx_ctx, n);
}

int ocx_migrate(struct migrate_vma *args, void *private)
{
	int ret;

	ret = migrate_vma_setup(args);
	if (ret || !args->cpages)
		return ret;

	ocx_alloc_and_copy(args->src, args->dst, args->start, args->end,
			   private);
	migrate_vma_pages(args);
	ocx_finalize_and_map(args->src, args->start, args->end, private);
	migrate_vma_finalize(args);
	return 0;
}
