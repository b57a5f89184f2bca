/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef FCARD_COMPAT_H
#define FCARD_COMPAT_H

#include "card.h"

/* The kernels this driver was written for keep it private. */
struct fcard_compat_migrate_vma {
	struct vm_area_struct *vma;
	unsigned long *dst;
	unsigned long *src;
	unsigned long cpages;
	unsigned long npages;
	unsigned long start;
	unsigned long end;
};

#endif
