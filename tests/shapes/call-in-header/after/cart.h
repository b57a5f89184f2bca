/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CART_H
#define CART_H

#include <linux/migrate.h>

#include "card.h"

extern struct card cart;

/* One page of a mapping. */
static inline int cart_move_page(int (*ops)(struct migrate_vma *args, void *private),
				 struct vm_area_struct *vma, unsigned long addr, void *private)
{
	unsigned long src = 0, dst = 0;
	struct migrate_vma args = {
		.vma		= vma,
		.start		= addr,
		.end		= addr + PAGE_SIZE,
		.src		= &src,
		.dst		= &dst,
		.pgmap_owner	= &cart,
		.flags		= MIGRATE_VMA_SELECT_SYSTEM,
	};

	return ops(&args, private);
}

#endif
