/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _OCX_H
#define _OCX_H

#include <linux/migrate.h>
#include <linux/mm.h>

#include "card.h"

/*
 * Marks a dst entry whose page was lost.  The core takes the entry as empty, because
 * MIGRATE_PFN_VALID is not set.
 */
#define OCX_PFN_ERROR	(1UL << (BITS_PER_LONG - 1))

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

int ocx_migrate(struct migrate_vma *args, void *private);

#endif /* _OCX_H */
