/* SPDX-License-Identifier: GPL-2.0-only */
/* vmalloc.h - large memory for the driver's own objects; kept as slab objects are */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/types.h>

void *vmalloc(unsigned long size) __attribute__((__malloc__));
void *vzalloc(unsigned long size) __attribute__((__malloc__));
void vfree(const void *object);
bool is_vmalloc_addr(const void *object);

#endif
