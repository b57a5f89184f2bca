/* SPDX-License-Identifier: GPL-2.0-only */
/* minmax.h - each argument is evaluated once */
#ifndef _LINUX_MINMAX_H
#define _LINUX_MINMAX_H

#define __pick(op, a, b) ({ \
	__auto_type __a = (a); \
	__auto_type __b = (b); \
	(void)(&__a == &__b); \
	__a op __b ? __a : __b; \
})
#define min(a, b)		__pick(<, a, b)
#define max(a, b)		__pick(>, a, b)
#define min_t(type, a, b)	min((type)(a), (type)(b))
#define max_t(type, a, b)	max((type)(a), (type)(b))
#define min3(a, b, c)		min((__typeof__(a))min(a, b), c)
#define max3(a, b, c)		max((__typeof__(a))max(a, b), c)
#define clamp(value, low, high)	min((__typeof__(value))max(value, low), high)
#define clamp_t(type, value, low, high)	clamp((type)(value), (type)(low), (type)(high))
#define swap(a, b) do { \
	__typeof__(a) __swap = (a); \
	(a) = (b); \
	(b) = __swap; \
} while (0)

#endif
