/* SPDX-License-Identifier: GPL-2.0-only */
/* atomic.h - counters that several threads change */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

#include <linux/types.h>

#define ATOMIC_INIT(value)	{ (value) }
#define ATOMIC64_INIT(value)	{ (value) }

#define __ATOMIC_OPERATIONS(prefix, type, base) \
static inline base prefix##_read(const type *v) \
{ \
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED); \
} \
static inline void prefix##_set(type *v, base value) \
{ \
	__atomic_store_n(&v->counter, value, __ATOMIC_RELAXED); \
} \
static inline base prefix##_add_return(base n, type *v) \
{ \
	return __atomic_add_fetch(&v->counter, n, __ATOMIC_SEQ_CST); \
} \
static inline base prefix##_sub_return(base n, type *v) \
{ \
	return __atomic_sub_fetch(&v->counter, n, __ATOMIC_SEQ_CST); \
} \
static inline base prefix##_fetch_add(base n, type *v) \
{ \
	return __atomic_fetch_add(&v->counter, n, __ATOMIC_SEQ_CST); \
} \
static inline base prefix##_xchg(type *v, base value) \
{ \
	return __atomic_exchange_n(&v->counter, value, __ATOMIC_SEQ_CST); \
} \
static inline base prefix##_cmpxchg(type *v, base old, base value) \
{ \
	__atomic_compare_exchange_n(&v->counter, &old, value, false, \
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	return old; \
} \
static inline bool prefix##_add_unless(type *v, base n, base unless) \
{ \
	base now = prefix##_read(v); \
 \
	while (now != unless) { \
		if (__atomic_compare_exchange_n(&v->counter, &now, now + n, false, \
						__ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) \
			return true; \
	} \
	return false; \
} \
static inline void prefix##_add(base n, type *v) { prefix##_add_return(n, v); } \
static inline void prefix##_sub(base n, type *v) { prefix##_sub_return(n, v); } \
static inline void prefix##_inc(type *v) { prefix##_add_return(1, v); } \
static inline void prefix##_dec(type *v) { prefix##_sub_return(1, v); } \
static inline base prefix##_inc_return(type *v) { return prefix##_add_return(1, v); } \
static inline base prefix##_dec_return(type *v) { return prefix##_sub_return(1, v); } \
static inline bool prefix##_inc_and_test(type *v) { return prefix##_add_return(1, v) == 0; } \
static inline bool prefix##_dec_and_test(type *v) { return prefix##_sub_return(1, v) == 0; } \
static inline bool prefix##_sub_and_test(base n, type *v) \
{ \
	return prefix##_sub_return(n, v) == 0; \
} \
static inline bool prefix##_inc_not_zero(type *v) { return prefix##_add_unless(v, 1, 0); }

__ATOMIC_OPERATIONS(atomic, atomic_t, int)
__ATOMIC_OPERATIONS(atomic64, atomic64_t, s64)

typedef atomic64_t atomic_long_t;
#define atomic_long_read	atomic64_read
#define atomic_long_set		atomic64_set
#define atomic_long_inc		atomic64_inc
#define atomic_long_dec		atomic64_dec
#define atomic_long_add		atomic64_add

#define xchg(ptr, value)	__atomic_exchange_n(ptr, value, __ATOMIC_SEQ_CST)
#define cmpxchg(ptr, old, value) ({ \
	__typeof__(*(ptr)) __old = (old); \
	__atomic_compare_exchange_n(ptr, &__old, value, false, \
				    __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST); \
	__old; \
})

#endif
