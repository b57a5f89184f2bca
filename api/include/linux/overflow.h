/* SPDX-License-Identifier: GPL-2.0-only */
/* overflow.h - arithmetic that notices when it wraps */
#ifndef _LINUX_OVERFLOW_H
#define _LINUX_OVERFLOW_H

#include <linux/limits.h>
#include <linux/types.h>

#define check_add_overflow(a, b, result)	__builtin_add_overflow(a, b, result)
#define check_sub_overflow(a, b, result)	__builtin_sub_overflow(a, b, result)
#define check_mul_overflow(a, b, result)	__builtin_mul_overflow(a, b, result)

static inline size_t size_mul(size_t a, size_t b)
{
	size_t bytes;

	return check_mul_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

static inline size_t size_add(size_t a, size_t b)
{
	size_t bytes;

	return check_add_overflow(a, b, &bytes) ? SIZE_MAX : bytes;
}

#define array_size(n, size)	size_mul(n, size)
#define array3_size(a, b, c)	size_mul(size_mul(a, b), c)
#define struct_size(p, member, n) \
	size_add(sizeof(*(p)), size_mul(n, sizeof((p)->member[0])))

#endif
