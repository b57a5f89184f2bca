/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WAGTAIL_H
#define WAGTAIL_H

#include "card.h"

#ifdef CONFIG_MIGRATE_VMA_HELPER
extern const struct migrate_vma_ops wagtail_load_ops, wagtail_store_ops;

int wagtail_move(struct card *card, struct vm_area_struct *vma, unsigned long start,
		 unsigned long end, const struct migrate_vma_ops *ops);
#else
static inline int wagtail_move(struct card *card, struct vm_area_struct *vma, unsigned long start,
			       unsigned long end, const struct migrate_vma_ops *ops)
{
	return -ENODEV;
}
#endif

#endif
