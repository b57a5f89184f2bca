/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _OCX_H
#define _OCX_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

#define OCX_FLAG_SYNC	0x1
#define OCX_FLAG_QUIET	0x2

struct ocx_ctx {
	struct card card;
	atomic_t moved;
	atomic_t lost;
	int (*hook)(struct ocx_ctx *ctx, unsigned long npages);
};

extern struct ocx_ctx ocx_ctx;

/* migrate.c */

/**
 * ocx_alloc_and_copy() - fill the card
 * @vma: the mapping
 * @src: pages as they are
 * @dst: pages as they are to be
 * @start: first byte
 * @end: last byte plus one
 * @private: flags
 */
void ocx_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			unsigned long *dst, unsigned long start,
			unsigned long end, void *private);
void ocx_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			  const unsigned long *dst, unsigned long start,
			  unsigned long end, void *private);

extern const struct migrate_vma_ops ocx_migrate_ops;

#endif /* _OCX_H */
