/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CART_H
#define CART_H

#include <linux/migrate.h>

#include "card.h"

extern struct card cart;

/* One page of a mapping. */
static inline int cart_move_page(const struct migrate_vma_ops *ops, struct vm_area_struct *vma,
				 unsigned long addr, void *private)
{
	unsigned long src = 0, dst = 0;

	return migrate_vma(ops, vma, addr, addr + PAGE_SIZE, &src, &dst, private);
}

#endif
