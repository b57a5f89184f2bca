/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef ORFE_H
#define ORFE_H

#include "card.h"

extern struct card orfe;

long orfe_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);

#endif
