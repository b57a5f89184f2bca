/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HAZEL_H
#define HAZEL_H

#include "card.h"

extern struct card hazel;

#if defined(CONFIG_DEVICE_PRIVATE)
long hazel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end);
#else
static inline long hazel_move(struct vm_area_struct *vma, unsigned long start, unsigned long end)
{
	return -ENODEV;
}
#endif

#endif
