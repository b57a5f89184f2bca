/* SPDX-License-Identifier: GPL-2.0-only */
/* mman.h - the flags of mmap() are the program's business */
#ifndef _LINUX_MMAN_H
#define _LINUX_MMAN_H

#define PROT_READ	0x1
#define PROT_WRITE	0x2
#define PROT_EXEC	0x4
#define MAP_SHARED	0x01
#define MAP_PRIVATE	0x02

#endif
