/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ORFE_H
#define ORFE_H

#include "card.h"

extern struct card orfe;

/* Called by the core of migrate_vma(). */
void orfe_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src, unsigned long *dst,
			 unsigned long start, unsigned long end, void *private);
void orfe_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			   const unsigned long *dst, unsigned long start, unsigned long end,
			   void *private);

long orfe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);

#endif
