/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SORREL_H
#define SORREL_H

#include <linux/migrate.h>

#include "card.h"

#ifdef CONFIG_MIGRATE_VMA_HELPER
/* What later kernels bring themselves. */
struct migrate_vma {
	struct vm_area_struct *vma;
	unsigned long *src, *dst;
	unsigned long start, end, npages;
};

void sorrel_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			   unsigned long *dst, unsigned long start, unsigned long end,
			   void *private);
void sorrel_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			     const unsigned long *dst, unsigned long start, unsigned long end,
			     void *private);
#else
#define SORREL_THREE_STEPS
#endif

void sorrel_fill(const unsigned long *src, unsigned long *dst, unsigned long npages);
int sorrel_migrate(struct migrate_vma *args);

extern struct card sorrel;

#endif
