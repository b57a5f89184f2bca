/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef VIMBA_H
#define VIMBA_H

#include "card.h"

struct vm_area_struct;

struct vimba_move {
	unsigned long pages;
};

extern struct card vimba;

void vimba_alloc_and_copy(const unsigned long *src, unsigned long *dst, unsigned long start,
			  unsigned long end);
void vimba_finalize_and_map(const unsigned long *src, unsigned long start, unsigned long end,
			    struct vimba_move *move);

#endif
