/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SAIGA_H
#define SAIGA_H

#include "card.h"

void saiga_alloc_and_copy(struct vm_area_struct *vma, const unsigned long *src,
			  unsigned long *dst, unsigned long start, unsigned long end,
			  void *private);
void saiga_finalize_and_map(struct vm_area_struct *vma, const unsigned long *src,
			    const unsigned long *dst, unsigned long start, unsigned long end,
			    void *private);

#define SAIGA_PAGES	2

#endif
