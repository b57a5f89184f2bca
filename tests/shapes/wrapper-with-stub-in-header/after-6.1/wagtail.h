/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef WAGTAIL_H
#define WAGTAIL_H

#include "card.h"

#ifdef CONFIG_DEVICE_PRIVATE
int wagtail_load_migrate(struct migrate_vma *args, void *private);
int wagtail_store_migrate(struct migrate_vma *args, void *private);

int wagtail_move(struct card *card, struct vm_area_struct *vma, unsigned long start,
		 unsigned long end, int (*ops)(struct migrate_vma *args, void *private),
		 struct page *fault_page);
#else
static inline int wagtail_move(struct card *card, struct vm_area_struct *vma, unsigned long start,
			       unsigned long end,
			       int (*ops)(struct migrate_vma *args, void *private),
			       struct page *fault_page)
{
	return -ENODEV;
}
#endif

#endif
