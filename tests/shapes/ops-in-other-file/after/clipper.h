/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLIPPER_H
#define CLIPPER_H

#include "card.h"

struct clipper_counts {
	unsigned long collected;
	unsigned long moved;
};

extern struct card clipper;
int clipper_to_device_migrate(struct migrate_vma *args, void *private);

long clipper_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);

#endif
