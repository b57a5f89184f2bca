/* SPDX-License-Identifier: GPL-2.0-only */
/* hash.h - a number for a place in a table; not the numbers of Linux */
#ifndef _LINUX_HASH_H
#define _LINUX_HASH_H

#include <linux/types.h>

static inline u32 hash_64(u64 value, unsigned int bits)
{
	return bits ? (value * 0x9e3779b97f4a7c15ULL) >> (64 - bits) : 0;
}
#define hash_32(value, bits)	hash_64(value, bits)
#define hash_long(value, bits)	hash_64(value, bits)
#define hash_ptr(pointer, bits)	hash_64((unsigned long)(pointer), bits)

#endif
