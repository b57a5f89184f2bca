/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLIPPER_H
#define CLIPPER_H

#include "card.h"

struct clipper_counts {
	unsigned long collected;
	unsigned long moved;
};

extern struct card clipper;
extern const struct migrate_vma_ops clipper_to_device_ops;

long clipper_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);

#endif
