/* SPDX-License-Identifier: GPL-2.0-only */
/* bitops.h - single bits of arrays of long */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

#include <linux/bits.h>
#include <linux/types.h>

static inline void __set_bit(unsigned long nr, unsigned long *words)
{
	words[BIT_WORD(nr)] |= BIT_MASK(nr);
}

static inline void __clear_bit(unsigned long nr, unsigned long *words)
{
	words[BIT_WORD(nr)] &= ~BIT_MASK(nr);
}

static inline int test_bit(unsigned long nr, const unsigned long *words)
{
	return !!(READ_ONCE(words[BIT_WORD(nr)]) & BIT_MASK(nr));
}

static inline void set_bit(unsigned long nr, unsigned long *words)
{
	__atomic_fetch_or(&words[BIT_WORD(nr)], BIT_MASK(nr), __ATOMIC_SEQ_CST);
}

static inline void clear_bit(unsigned long nr, unsigned long *words)
{
	__atomic_fetch_and(&words[BIT_WORD(nr)], ~BIT_MASK(nr), __ATOMIC_SEQ_CST);
}

static inline int test_and_set_bit(unsigned long nr, unsigned long *words)
{
	return !!(__atomic_fetch_or(&words[BIT_WORD(nr)], BIT_MASK(nr), __ATOMIC_SEQ_CST) &
		  BIT_MASK(nr));
}

static inline int test_and_clear_bit(unsigned long nr, unsigned long *words)
{
	return !!(__atomic_fetch_and(&words[BIT_WORD(nr)], ~BIT_MASK(nr), __ATOMIC_SEQ_CST) &
		  BIT_MASK(nr));
}

/* As above, for words that nobody else changes meanwhile. */
static inline int __test_and_set_bit(unsigned long nr, unsigned long *words)
{
	int was = test_bit(nr, words);

	__set_bit(nr, words);
	return was;
}

static inline int __test_and_clear_bit(unsigned long nr, unsigned long *words)
{
	int was = test_bit(nr, words);

	__clear_bit(nr, words);
	return was;
}

static inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static inline int ffs(int word)
{
	return __builtin_ffs(word);
}

static inline int fls(unsigned int word)
{
	return word ? 32 - __builtin_clz(word) : 0;
}

static inline int fls64(u64 word)
{
	return word ? 64 - __builtin_clzll(word) : 0;
}

#define hweight32(w)		__builtin_popcount(w)
#define hweight64(w)		__builtin_popcountll(w)
#define hweight_long(w)		__builtin_popcountl(w)

#endif
