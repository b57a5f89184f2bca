// SPDX-License-Identifier: GPL-2.0-only
/*
 * For the series as it was posted in 2017, where a caller said how many words there are.
 */
#include <linux/hmm.h>
#include <linux/migrate.h>
#include <linux/mm.h>

static void lynx_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
				unsigned long *dst, unsigned long start, unsigned long end,
				void *private)
{
	lynx_copy(private, src, dst, (end - start) >> PAGE_SHIFT);
}

static void lynx_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
				  const unsigned long *dst, unsigned long start,
				  unsigned long end, void *private)
{
	lynx_map(private, src, dst, start, end);
}

static const struct migrate_vma_ops lynx_ops = {
	.alloc_and_copy		= lynx_alloc_and_copy,
	.finalize_and_map	= lynx_finalize_and_map,
};

int lynx_move(struct lynx *lynx, struct vm_area_struct *vma, unsigned long start)
{
	unsigned long src[64], dst[64];

	return migrate_vma(&lynx_ops, vma, 64, start, start + 64 * PAGE_SIZE, src, dst, lynx);
}
